"""Finding what people were told, and how they want to be written to."""

from collections.abc import Collection, Iterable, Sequence
from datetime import datetime

from sqlalchemy import ColumnElement, ScalarSelect, func, select

from grants.db import db
from grants.notifications.models import MailSetting, Notice
from grants.notifications.rules import MailMode


def list_notices(
    user_id: int, *, limit: int, offset: int, is_unread: bool = False
) -> Sequence[Notice]:
    """One page of a person's inbox, the newest first."""
    statement = select(Notice).where(Notice.user_id == user_id)
    if is_unread:
        statement = statement.where(Notice.read_at.is_(None))
    statement = statement.order_by(Notice.at.desc(), Notice.id.desc())
    statement = statement.limit(limit).offset(offset)
    return db.session.execute(statement).scalars().all()


def count_notices(user_id: int) -> tuple[int, int, int]:
    """How many notices a person has, how many of them were not read, and the id of the last."""
    statement = select(
        func.count(), func.count().filter(Notice.read_at.is_(None)), func.max(Notice.id)
    ).where(Notice.user_id == user_id)
    every, unread, newest = db.session.execute(statement).one()
    return int(every), int(unread), int(newest or 0)


def list_last_told(user_ids: Collection[int], path: str) -> dict[int, datetime]:
    """When each of these people was last told something about a page; the others are left out."""
    statement = (
        select(Notice.user_id, func.max(Notice.at))
        .where(Notice.user_id.in_(user_ids), Notice.path == path)
        .group_by(Notice.user_id)
    )
    return {row[0]: row[1] for row in db.session.execute(statement)}


def get_notice(user_id: int, notice_id: int) -> Notice | None:
    """One notice of a person; somebody else's is not found."""
    statement = select(Notice).where(Notice.id == notice_id, Notice.user_id == user_id)
    return db.session.execute(statement).scalar()


def count_unread_of(user_id: int | ColumnElement[int]) -> ScalarSelect[int]:
    """The count of unread notices as part of another statement: the one that loads the person."""
    statement = select(func.count(Notice.id)).where(
        Notice.user_id == user_id, Notice.read_at.is_(None)
    )
    return statement.scalar_subquery()


def get_mail_setting(user_id: int) -> MailSetting | None:
    """How a person chose to be written to, if ever."""
    return db.session.execute(select(MailSetting).where(MailSetting.user_id == user_id)).scalar()


def modes_of(user_ids: Iterable[int]) -> dict[int, MailMode]:
    """The choices of those who made one; everybody else is written to at once."""
    wanted = list(user_ids)
    if not wanted:
        return {}
    statement = select(MailSetting.user_id, MailSetting.mode).where(MailSetting.user_id.in_(wanted))
    return {row.user_id: row.mode for row in db.session.execute(statement)}


def list_people_waiting(*, at: datetime) -> Sequence[int]:
    """Who has notices whose daily letter is due."""
    statement = select(Notice.user_id).where(Notice.digest_at <= at).distinct()
    return db.session.execute(statement.order_by(Notice.user_id)).scalars().all()


def list_waiting(user_id: int, *, at: datetime) -> Sequence[Notice]:
    """A person's notices whose daily letter is due, held until the transaction ends."""
    statement = (
        select(Notice)
        .where(Notice.user_id == user_id, Notice.digest_at <= at)
        .order_by(Notice.id)
        .with_for_update()
        .execution_options(populate_existing=True)
    )
    return db.session.execute(statement).scalars().all()
