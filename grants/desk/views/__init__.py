"""Pages of the desk; each module adds its own to the one blueprint."""
