"""What the pages of the desk show, by audience."""
