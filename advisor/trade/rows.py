"""The rows of `corpus/tables`: one class for each table. Every row names the facts it rests on.

Amounts are in the currency named, rates in percent, dates are days. A text for people is one or two plain sentences in both languages.
"""

from __future__ import annotations

import datetime
from collections.abc import Iterator
from decimal import Decimal
from typing import Annotated, Literal, Self

from pydantic import BaseModel, ConfigDict, Field, StringConstraints, model_validator

from advisor.types import Language

Slug = Annotated[str, StringConstraints(pattern=r"^[a-z0-9]+(-[a-z0-9]+)*$")]
FactId = Annotated[str, StringConstraints(min_length=3)]
MarketCode = Annotated[str, StringConstraints(pattern=r"^(WORLD|AFRICA|GCC|[A-Z]{2})$")]
HsCode = Annotated[str, StringConstraints(pattern=r"^\d{2}(\d{2}(\d{2}(\d{2}(\d{2})?)?)?)?$")]
Currency = Annotated[str, StringConstraints(pattern=r"^[A-Z]{3}$")]
Percent = Annotated[Decimal, Field(ge=0, le=1000)]
Text = Annotated[str, StringConstraints(min_length=1, strip_whitespace=True)]


class _Strict(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class Bilingual(_Strict):
    """The same words in French and Arabic."""

    fr: Text
    ar: Text

    def __getitem__(self, language: Language) -> str:
        return self.fr if language is Language.FR else self.ar


class Money(_Strict):
    amount: Annotated[Decimal, Field(ge=0)]
    currency: Currency


class Row(_Strict):
    """What every row has: an id that is its own in its table, and the facts it rests on."""

    id: Slug
    facts: Annotated[tuple[FactId, ...], Field(min_length=1)]

    def texts(self) -> Iterator[Bilingual]:
        """Every bilingual text of the row, nested ones included."""
        yield from _texts(self)


def _texts(value: object) -> Iterator[Bilingual]:
    if isinstance(value, Bilingual):
        yield value
    elif isinstance(value, tuple):
        for one in value:
            yield from _texts(one)
    elif isinstance(value, BaseModel):
        for name in type(value).model_fields:
            yield from _texts(getattr(value, name))


class Duty(Row):
    """What an import (or an export from Morocco) is charged. `percent` to `percent_max` where one line covers several rates.

    Without `hs` and `products` it concerns every product; with both, either of them.
    """

    markets: Annotated[tuple[MarketCode, ...], Field(min_length=1)]
    kind: Literal["mfn", "preferential", "additional", "vat", "excise", "fee", "threshold"]
    hs: tuple[HsCode, ...] = ()
    products: tuple[Slug, ...] = ()
    agreement: Slug | None = None
    percent: Percent | None = None
    percent_max: Percent | None = None
    money: Money | None = None
    text: Bilingual
    since: datetime.date | None = None
    until: datetime.date | None = None

    @model_validator(mode="after")
    def _is_consistent(self) -> Self:
        if (self.kind == "preferential") != (self.agreement is not None):
            raise ValueError("agreement: a preferential duty, and no other, names its agreement")
        if self.percent_max is not None and (self.percent is None or self.percent_max < self.percent):
            raise ValueError("percent_max: needs a percent below it")
        return self


class Proof(_Strict):
    """A proof of origin an agreement accepts. `up_to` is the value of the consignment it may be used for."""

    kind: Literal["origin_declaration", "eur1", "eur_med", "certificate_of_origin", "form_a", "importer_claim", "none"]
    text: Bilingual
    up_to: Money | None = None
    valid_months: Annotated[int, Field(gt=0)] | None = None
    issued_by: Slug | None = None
    facts: Annotated[tuple[FactId, ...], Field(min_length=1)]


class Agreement(Row):
    """A trade agreement or preference and the proofs it accepts. Dates and rules as of its facts."""

    name: Bilingual
    markets: Annotated[tuple[MarketCode, ...], Field(min_length=1)]
    state: Literal["in_force", "partly", "announced", "suspended", "ended", "unclear"]
    since: datetime.date | None = None
    rule: Bilingual
    proofs: tuple[Proof, ...] = ()


class Requirement(Row):
    """What a product must meet or carry: on the Moroccan side (`export`) or in the market (`import`)."""

    markets: Annotated[tuple[MarketCode, ...], Field(min_length=1)]
    side: Literal["export", "import"]
    topic: Literal["safety", "label", "materials", "registration", "licence", "document", "packaging", "payment"]
    hs: tuple[HsCode, ...] = ()
    products: tuple[Slug, ...] = ()
    buyer: Literal["any", "consumer", "business"] = "any"
    needed: Literal["always", "depends", "advised"]
    text: Bilingual
    applies: Bilingual | None = None  # how to know whether it applies
    cost: Money | None = None
    delay_days: Annotated[int, Field(ge=0)] | None = None
    issued_by: Slug | None = None
    since: datetime.date | None = None


class Fee(_Strict):
    text: Bilingual
    percent: Percent | None = None
    money: Money | None = None


class Channel(Row):
    """A way of selling. `open` says whether a seller in Morocco can use it, at the date of its facts."""

    name: Bilingual
    kind: Literal["marketplace", "wholesale", "cooperative", "national_platform", "own_shop", "retail", "at_home", "payment"]
    open: Literal["yes", "no", "announced", "unclear"]
    text: Bilingual
    fees: tuple[Fee, ...] = ()
    conditions: tuple[Bilingual, ...] = ()
    payout: Bilingual | None = None


class Fair(Row):
    """One edition of a fair, or a fair whose next edition no source dates yet (`starts` is None)."""

    name: Bilingual
    city: Bilingual
    market: MarketCode
    starts: datetime.date | None = None
    ends: datetime.date | None = None
    audience: Literal["trade", "public", "both", "unknown"]
    text: Bilingual

    @model_validator(mode="after")
    def _ends_after_it_starts(self) -> Self:
        if self.ends is not None and (self.starts is None or self.ends < self.starts):
            raise ValueError("ends: needs a start before it")
        return self


class Programme(Row):
    """Help somebody can ask for. Turnover limits in dirhams a year; `share` is the part of the cost that is paid."""

    name: Bilingual
    institution: Slug | None = None
    state: Literal["open", "announced", "ended", "unclear"]
    statuses: tuple[Literal["artisan", "auto_entrepreneur", "cooperative", "company"], ...] = ()
    turnover_from: Annotated[Decimal, Field(ge=0)] | None = None
    turnover_to: Annotated[Decimal, Field(ge=0)] | None = None
    share: Percent | None = None
    ceiling: Money | None = None
    gives: Bilingual
    for_whom: Bilingual
    how: Bilingual | None = None


class Institution(Row):
    """Whom to ask. Contacts only as a source states them."""

    name: Bilingual
    abbreviation: str | None = None
    role: Bilingual
    city: Bilingual | None = None
    address: Bilingual | None = None
    phone: str | None = None
    email: str | None = None
    url: str | None = None


class Point(_Strict):
    """One value: of a period ("2025", "2025-01/2025-11"), for all or for one `key` (a product family, market or city)."""

    period: Annotated[str, StringConstraints(pattern=r"^\d{4}(-\d{2})?(/\d{4}-\d{2})?$")]
    key: Bilingual | None = None
    value: Decimal
    facts: Annotated[tuple[FactId, ...], Field(min_length=1)]


class Series(Row):
    """Figures of one kind over time. Figures of different sources that disagree stand in different series."""

    title: Bilingual
    unit: Literal["MAD million", "MAD billion", "USD million", "percent", "percent change", "count", "people"]
    by: Literal["total", "family", "market", "city", "other"]
    points: Annotated[tuple[Point, ...], Field(min_length=1)]
