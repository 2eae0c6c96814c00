"""The one blueprint of the slice; each module of this package adds its pages to it."""

from flask import Blueprint

blueprint = Blueprint("calls", __name__)
CALL = "/m/<municipality>/calls/<slug>"
