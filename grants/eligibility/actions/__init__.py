"""What happens between the deadline and the committee: opened, registered, checked, decided."""
