"""The public face: calls, results, verification of acts; read-only."""
