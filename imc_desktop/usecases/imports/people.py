"""Rows of a paper → people: found again, made new, or put aside as questions; surnames and doubles settled."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable
from collections.abc import Set as AbstractSet
from dataclasses import replace

from imc_desktop.domain.dates import same_fact
from imc_desktop.domain.kinds import TableKind
from imc_desktop.domain.matching import NOBODY, Decision, Mention, Verdict, decide, decide_surname_change
from imc_desktop.domain.names import name_key, sex_of
from imc_desktop.domain.papers import PersonName
from imc_desktop.domain.words import fold, sort_key
from imc_desktop.usecases.imports.facts import Origin, same_training, training_of
from imc_desktop.usecases.imports.mentions import Cluster, Telling, clusters_of
from imc_desktop.usecases.imports.report import FileReport
from imc_desktop.usecases.imports.spelling import NAME_PARTS
from imc_desktop.usecases.imports.world import PERSON_TABLES, PersonState, Row, World

TakeRow = Callable[[PersonState, Telling], bool]
PutAside = Callable[[Telling, Decision], None]
Apart = Callable[[PersonState, PersonState], bool]


class People:
    """Resolves the people of one paper. ``origins`` tells where a table's facts come from (by sheet and kind)."""

    def __init__(self, world: World, report: FileReport, origin_of: Callable[[Telling], Origin]) -> None:
        self._world = world
        self._report = report
        self._origin_of = origin_of
        self._outcomes: dict[str, str] = {}
        self.named: set[str] = set()  # people whom this paper's lists name in full: no two of them are one

    def take_all(self, tellings: list[Telling], take: TakeRow, put_aside: PutAside) -> None:
        """Every row finds its person (full names first, initials after) and is taken, or is put aside as unclear."""
        full = clusters_of([telling for telling in tellings if telling.person.name.is_full])
        short = [telling for telling in tellings if not telling.person.name.is_full]
        for cluster, person, decision in self._resolve_full(full):
            for telling in cluster.tellings:
                if person is None:
                    self._aside(telling, decision, put_aside)
                else:
                    self._take(person, telling, take)
        decisions: dict[tuple[str, str], Decision] = {}
        for telling in short:
            key = name_key(telling.person.name), f"{telling.organisation_id}{telling.twins}"
            if key not in decisions or telling.person.birth:
                decisions[key] = self.decide_one(telling)
            decision = decisions[key]
            if decision.verdict is Verdict.KNOWN:
                self._take(self._world.people[decision.person], telling, take)
            else:
                self._aside(telling, decision, put_aside)
        for outcome in self._outcomes.values():
            self._report.count("people", outcome)

    def decide_one(self, telling: Telling) -> Decision:
        """Whom one row means, by itself."""
        cluster = Cluster(telling.person.name)
        cluster.add(telling)
        listed = telling.organisation_id in self._world.listed_organisations
        mention = replace(cluster.mention(), twins=telling.twins, listed=listed)
        return decide(mention, self._world.namesakes(telling.person.name))

    def _resolve_full(self, clusters: list[Cluster]) -> list[tuple[Cluster, PersonState | None, Decision]]:
        first = {id(cluster): self._decide(cluster, frozenset()) for cluster in clusters}
        spoken_for = frozenset(
            decision.person
            for cluster in clusters
            if (decision := first[id(cluster)]).verdict is Verdict.KNOWN
            and self._births_agree(cluster, decision.person)
        )
        busy = {*spoken_for, *self.named}
        listed = {first[id(cluster)].person for cluster in clusters if cluster.is_roll_call()}
        rivals = _rivals([one for one in clusters if first[id(one)].verdict is Verdict.NEW])
        resolved: list[tuple[Cluster, PersonState | None, Decision]] = []
        # Those found for certain come first: their births then tell their namesakes apart.
        for cluster in sorted(clusters, key=lambda one: first[id(one)].verdict is not Verdict.KNOWN):
            decision = first[id(cluster)]
            certain = decision.verdict is Verdict.KNOWN and self._births_agree(cluster, decision.person)
            if not certain:
                decision = self._decide(cluster, busy if cluster.is_roll_call() else spoken_for)
            if decision.verdict is Verdict.NEW and id(cluster) not in rivals:
                decision = self._under_another_surname(cluster, listed)
            person = self._person_for(cluster, decision)
            if person is not None and cluster.is_roll_call():
                listed.add(person.id)
                self.named.add(person.id)
                busy.add(person.id)
            resolved.append((cluster, person, decision))
        return resolved

    def _under_another_surname(self, cluster: Cluster, listed: AbstractSet[str]) -> Decision:
        known = self._world.same_given_name(cluster.name, cluster.organisations)
        if not known:
            return NOBODY
        return decide_surname_change(
            cluster.mention(), known, spoken_for=listed if cluster.is_roll_call() else frozenset()
        )

    def _decide(self, cluster: Cluster, spoken_for: AbstractSet[str]) -> Decision:
        known = self._world.namesakes(cluster.name)
        return decide(cluster.mention(), known, spoken_for=spoken_for) if known else NOBODY

    def _births_agree(self, cluster: Cluster, person_id: str) -> bool:
        return same_fact(cluster.birth, self._world.people[person_id].row["birth"])

    def _person_for(self, cluster: Cluster, decision: Decision) -> PersonState | None:
        if decision.verdict is Verdict.UNCLEAR:
            return None
        origin = self._origin_of(cluster.tellings[0])
        if decision.verdict is Verdict.NEW:
            return self.make(cluster.tellings[0], origin)
        person = self._world.people[decision.person]
        if person.row.fill("birth", cluster.birth):
            self._mark(person)
        if fold(cluster.name.surname) != fold(person.row["surname"]):
            self.settle_surname(person, cluster, origin)
        elif origin.rank[0] and origin.known_ranks.get(person.row["paper_id"], ("by hand", 0))[0] == "":
            person.row.set("paper_id", origin.paper_id)  # a dated paper confirms the surname
        self._dot_the_yo(person, cluster.name)
        for former in cluster.name.former:
            self._add_former(person, former, origin)
        return person

    def _dot_the_yo(self, person: PersonState, told: PersonName) -> None:
        """«Королева» in one paper and «Королёва» in another are one surname: the one with ё says more."""
        better = {
            part: getattr(told, part)
            for part in NAME_PARTS
            if "ё" in getattr(told, part).lower()
            and "ё" not in person.row[part].lower()
            and fold(getattr(told, part)) == fold(person.row[part])
        }
        for part, text in better.items():
            person.row.set(part, text)
        if better:
            person.row.set("sort_key", sort_key(str(PersonName(*(person.row[part] for part in NAME_PARTS)))))
            self._mark(person)

    def make(self, telling: Telling, origin: Origin) -> PersonState:
        """A new card with what every row tells: the name and the sex it implies."""
        told = telling.person
        person = self._world.add_person(
            told.name,
            sex=told.sex or sex_of(told.name),
            birth=told.birth,
            paper_id=origin.paper_id,
            place=f"{telling.sheet}: {told.row}",
        )
        for former in told.name.former:
            self._add_former(person, former, origin)
        self._outcomes[person.id] = "new"
        return person

    def settle_surname(self, person: PersonState, cluster: Cluster, origin: Origin) -> None:
        """Two surnames of one woman: the newer paper's is the present one, the other is kept as a former one."""
        told_on = max((_told_on(telling, origin) for telling in cluster.tellings), default="")
        known_on = origin.known_ranks.get(person.row["paper_id"] or "", ("", 0))
        if told_on and known_on[0]:
            newer = told_on > known_on[0]
        else:
            newer = bool(not told_on or origin.rank[0]) and origin.is_newer_than(person.row)
        self._report.renamed.append(f"{person.row['surname']} / {cluster.name}")
        if newer:
            self._rename(person, cluster.name.surname, origin)
        else:
            self._add_former(person, cluster.name.surname, origin)

    def _rename(self, person: PersonState, surname: str, origin: Origin) -> None:
        self._add_former(person, person.row["surname"], origin)
        for row in list(person.of("former_name")):
            if fold(row["surname"]) == fold(surname):
                person.of("former_name").remove(row)
                self._world.drop(row, origin.rank[0] or "9999")
        person.row.set("surname", surname)
        person.row.set("paper_id", origin.paper_id)
        name = PersonName(surname, person.row["name"], person.row["patronymic"])
        person.row.set("name_key", name_key(name))
        person.row.set("sort_key", sort_key(str(name)))
        self._world.index(person)
        self._mark(person)

    def _add_former(self, person: PersonState, surname: str, origin: Origin) -> None:
        known = {fold(person.row["surname"]), *(fold(row["surname"]) for row in person.of("former_name"))}
        own = [fold(row["surname"]) for row in person.of("former_name")]
        if fold(surname) in own or (fold(surname) in known and fold(surname) != fold(person.row["surname"])):
            return
        self._world.add_fact(person, "former_name", surname=surname, paper_id=origin.paper_id)
        self._world.index(person)
        self._mark(person)

    def _mark(self, person: PersonState) -> None:
        if self._outcomes.get(person.id) != "new":
            self._outcomes[person.id] = "changed"

    def _take(self, person: PersonState, telling: Telling, take: TakeRow) -> None:
        changed = take(person, telling)
        self._outcomes.setdefault(person.id, "same")
        if changed:
            self._mark(person)

    def _aside(self, telling: Telling, decision: Decision, put_aside: PutAside) -> None:
        self._report.count("people", "unclear")
        put_aside(telling, decision)


def _told_on(telling: Telling, origin: Origin) -> str:
    """The day a row's surname was true: that of the course's document in a journal, else that of the paper."""
    if telling.kind is TableKind.COURSE_JOURNAL:
        return max((one.document_date or one.end for one in telling.person.trainings), default="") or origin.rank[0]
    return origin.rank[0]


def _rivals(clusters: list[Cluster]) -> set[int]:
    """New names of one list that agree in name, patronymic and organisation: nobody can tell which of them married."""
    alike: dict[tuple[str, str, str], list[Cluster]] = defaultdict(list)
    for cluster in clusters:
        if cluster.is_roll_call():
            for organisation in cluster.organisations:
                alike[fold(cluster.name.name), fold(cluster.name.patronymic), organisation].append(cluster)
    return {id(cluster) for group in alike.values() if len(group) > 1 for cluster in group}


def settle_doubles(world: World, now: str, apart: Apart) -> list[tuple[PersonState, PersonState]]:
    """Cards that later papers showed to be one person become one: (kept, dropped) pairs.

    Sure cases only: the same name with the same day of birth; or the same name in one organisation with births that do
    not disagree; or the surname rule of ``decide_surname_change`` between a card with a birth and one without. Never
    two people whom one list names (``apart``).
    """
    merged: list[tuple[PersonState, PersonState]] = []
    groups: dict[str, list[PersonState]] = defaultdict(list)
    for person in world.people.values():
        groups[f"{fold(person.row['name'])}|{fold(person.row['patronymic'])}"].append(person)
    for group in groups.values():
        if len(group) == 1:
            continue
        for person in [one for one in group if not one.row["birth"]] or []:
            others = [one for one in group if one is not person and one.id in world.people]
            others = [one for one in others if not apart(one, person)]
            keep = _double_of(person, others)
            if keep is not None and person.id in world.people:
                merge_people(world, keep, person, now)
                merged.append((keep, person))
    return merged


def _double_of(person: PersonState, others: list[PersonState]) -> PersonState | None:
    known = person.known()
    named = [
        one
        for one in others
        if fold(one.row["surname"]) == fold(known.name.surname) and one.organisations() & known.organisations
    ]
    if len(named) == 1:
        return named[0]
    if named or len(known.name.name) < 2:
        return None
    mention = Mention(known.name, known.organisations, "", known.posts)
    decision = decide_surname_change(
        mention, [one.known() for one in others if one.row["birth"]], spoken_for=frozenset()
    )
    return next((one for one in others if one.id == decision.person), None)


def merge_people(world: World, keep: PersonState, drop: PersonState, now: str) -> None:
    """All that hangs on ``drop`` moves to ``keep``; its surname, if another, becomes a former one."""
    if fold(drop.row["surname"]) != fold(keep.row["surname"]) and not any(
        fold(row["surname"]) == fold(drop.row["surname"]) for row in keep.of("former_name")
    ):
        world.add_fact(keep, "former_name", surname=drop.row["surname"], paper_id=drop.row["paper_id"])
    for table in PERSON_TABLES:
        for row in list(drop.of(table)):
            if table in ("employment", "experience", "education") and keep.of(table):
                if table == "employment" and row["organisation_id"] not in keep.organisations():
                    pass
                else:
                    world.drop(row, now)
                    continue
            if table == "training" and _joins_training(row, keep):
                world.drop(row, now)
                continue
            if table == "category" and any(_same_category(row.values, other.values) for other in keep.of(table)):
                world.drop(row, now)
                continue
            row.set("person_id", keep.id)
            keep.of(table).append(row)
    for table in ("consultation", "lesson_visit"):
        for line in world.lines(table).of_person(drop.id):
            line.set("person_id", keep.id)
    for column in ("birth", "sex", "phone", "email", "snils", "iin"):
        keep.row.fill(column, drop.row[column])
    world.drop_person(drop, now)
    world.index(keep)


def _joins_training(row: Row, keep: PersonState) -> bool:
    told = training_of(row)
    known = next((other for other in keep.of("training") if same_training(told, other)), None)
    if known is None:
        return False
    for column in ("provider", "hours", "document_number", "registration_number", "document_date", "starts"):
        known.fill(column, row[column])
    if row["distance"]:
        known.set("distance", 1)
    return True


def _same_category(one: dict[str, str], other: dict[str, str]) -> bool:
    return one["category"] == other["category"] and same_fact(one["decision_date"] or "", other["decision_date"] or "")
