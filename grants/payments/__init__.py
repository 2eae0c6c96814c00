"""Instalments: planned, their condition met, ordered, approved by the signatory, paid."""
