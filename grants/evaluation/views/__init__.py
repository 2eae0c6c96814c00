"""The pages of a committee: its appointment, its sittings, its score sheets."""
