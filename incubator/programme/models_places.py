"""Themes, districts, and the shapes the map draws them with."""

from datetime import datetime

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column

from incubator.foundation.database import db


class Theme(db.Model):
    """A field of the programme; `names` maps language codes to names, German always there."""

    id: Mapped[int] = mapped_column(primary_key=True)
    key: Mapped[str] = mapped_column(sa.String(10), unique=True)
    slug: Mapped[str] = mapped_column(sa.String(80), unique=True)
    names: Mapped[dict[str, str]] = mapped_column(sa.JSON())
    position: Mapped[int] = mapped_column(default=0)

    def name(self, language: str) -> str:
        return self.names.get(language) or self.names["de"]


class District(db.Model):
    """A district of the city; the share of people with migration history is never estimated."""

    id: Mapped[int] = mapped_column(primary_key=True)
    number: Mapped[str] = mapped_column(sa.String(4), unique=True)
    slug: Mapped[str] = mapped_column(sa.String(80), unique=True)
    name: Mapped[str] = mapped_column(sa.String(120))
    inhabitants: Mapped[int | None]
    area_hectares: Mapped[int | None]
    source: Mapped[str] = mapped_column(default="")
    migration_share_pct: Mapped[int | None]
    migration_share_source: Mapped[str] = mapped_column(default="")
    migration_share_year: Mapped[int | None]
    tile_column: Mapped[int | None]
    tile_row: Mapped[int | None]

    __table_args__ = (
        sa.CheckConstraint(
            "migration_share_pct IS NULL OR (migration_share_source <> '' AND migration_share_year IS NOT NULL)",
            name="share_has_source",
        ),
    )


class ShapeSet(db.Model):
    """Where the map's shapes came from, and the box they are drawn in; without it the map is a schematic one."""

    id: Mapped[int] = mapped_column(primary_key=True)
    source: Mapped[str] = mapped_column(sa.String(300))
    licence: Mapped[str] = mapped_column(sa.String(120))
    licence_url: Mapped[str] = mapped_column(sa.String(300), default="")
    width: Mapped[int]
    height: Mapped[int]
    imported_at: Mapped[datetime]

    __table_args__ = (sa.CheckConstraint("width > 0 AND height > 0", name="box_has_room"),)


class DistrictShape(db.Model):
    """A district's outline as SVG path data in the box of the shape set, and where its name is written."""

    district_id: Mapped[int] = mapped_column(sa.ForeignKey(District.id), primary_key=True)
    path: Mapped[str]
    label_x: Mapped[int]
    label_y: Mapped[int]
