"""The tenants: municipalities with their settings, letterhead and calendar."""
