"""The yardstick: a bare Flask page with 50 ORM rows from the same database."""

import os

from flask import Flask, render_template_string
from flask_sqlalchemy import SQLAlchemy
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column


class Base(DeclarativeBase):
    """Its own base: nothing of ours is loaded."""


db = SQLAlchemy(model_class=Base)
app = Flask(__name__)
app.config["SQLALCHEMY_DATABASE_URI"] = os.environ["DATABASE_URL"]
db.init_app(app)

PAGE = """<!doctype html><title>Prijave</title><h1>Prijave</h1><table>
{% for row in rows %}<tr><td>{{ row.reference }}</td><td>{{ row.title }}</td>
<td>{{ row.organisation_name }}</td><td>{{ row.requested }}</td></tr>{% endfor %}</table>"""


class Row(Base):
    """One application, with the columns the page shows."""

    __tablename__ = "applications"

    id: Mapped[int] = mapped_column(primary_key=True)
    reference: Mapped[str]
    title: Mapped[str]
    organisation_name: Mapped[str]
    requested: Mapped[int]


@app.get("/")
def page() -> str:
    """Fifty rows."""
    rows = db.session.execute(db.select(Row).order_by(Row.id).limit(50)).scalars().all()
    return render_template_string(PAGE, rows=rows)
