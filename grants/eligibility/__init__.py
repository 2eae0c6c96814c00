"""The record of opening, the administrative check, requests to complete, and their outcome."""
