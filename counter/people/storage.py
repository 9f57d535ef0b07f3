"""Where people are kept: nothing but an id and a date; contact data stays with what was submitted."""

from datetime import datetime

from sqlalchemy import String
from sqlalchemy.orm import Mapped, mapped_column

from counter.database import Base, UtcDateTime, new_id


class PersonRow(Base):
    """Somebody who talked to the counter, in one or more conversations."""

    __tablename__ = "people"

    id: Mapped[str] = mapped_column(String(36), primary_key=True, default=new_id)
    created_at: Mapped[datetime] = mapped_column(UtcDateTime)
