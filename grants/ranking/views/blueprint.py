"""The blueprint that the pages of a ranking share."""

from flask import Blueprint

blueprint = Blueprint("ranking", __name__)
