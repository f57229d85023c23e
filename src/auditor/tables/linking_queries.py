"""The queries by which rows without a number are linked: each a few joins on equal keys over the whole upload.

No query joins people by name alone, since one name may stand a million times on either side.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from auditor.ledgers import Column, ColumnType, Ledger

PERSON, NAME = "person_id", "name"
_GIVEN = ("employer", "township", "village", "workshop_id", "workshop", "account_no")
NEVER_LINKED = ("officials",)  # a villager with an official's name is no official; the link alone would accuse
_SEPARATOR = "chr(31)"

# What of a row can speak for a person: kind → (the column told to people, key, when it is given). A village is its name
# together with its township where both sides give one, hence three kinds.
_ASKED = {
    "employer": ("employer", "employer", "employer <> ''"),
    "village": ("village", "village", "village <> '' AND township = ''"),
    "village_there": ("village", f"village || {_SEPARATOR} || township", "village <> '' AND township <> ''"),
    "village_anywhere": ("village", "village", "village <> '' AND township <> ''"),
    "workshop_id": ("workshop", "workshop_id", "workshop_id <> ''"),
    "workshop": ("workshop", "workshop", "workshop <> ''"),
    "account_no": ("account_no", "account_no", "account_no <> ''"),
}
_KNOWN = {
    **{kind: (key, given) for kind, (_, key, given) in _ASKED.items() if kind not in {"village", "village_anywhere"}},
    "village": ("village", "village <> ''"),
    "village_anywhere": ("village", "village <> '' AND township = ''"),
}


def is_of_people(ledger: Ledger) -> bool:
    """Whether each row of the ledger is about a person, with a number and a name."""
    person, name = ledger.columns.get(PERSON), ledger.columns.get(NAME)
    return (
        person is not None and person.type is ColumnType.PERSON_ID and name is not None and name.type is ColumnType.NAME
    )


def _key(columns: Mapping[str, Column], name: str) -> str:
    if name not in columns:
        return f"'' AS {name}"
    return f"coalesce(lower(replace(CAST(t.{name} AS VARCHAR), ' ', '')), '') AS {name}"


def _row(ledger: Ledger) -> str:
    keys = ", ".join(_key(ledger.columns, name) for name in _GIVEN)
    return f"'{ledger.id}' AS ledger, t._row AS row_no, coalesce(t.name, '') AS name, {keys}"


def wanted(ledgers: Iterable[Ledger], without: str) -> str:
    """The rows without a number: ledger, row_no, name, and the values that may speak for somebody ('' for none)."""
    return " UNION ALL ".join(
        f"SELECT {_row(ledger)} FROM {ledger.id} AS t JOIN {without} AS w ON w.row_no = t._row "
        f"WHERE w.ledger = '{ledger.id}' AND w.shown IS NULL"
        for ledger in ledgers
    )


def names(ledgers: Iterable[Ledger], without: str) -> str:
    """The names in rows without a number, or with a masked one."""
    return " UNION ".join(
        f"SELECT t.name AS name FROM {ledger.id} AS t JOIN {without} AS w ON w.row_no = t._row "
        f"WHERE w.ledger = '{ledger.id}' AND t.name IS NOT NULL"
        for ledger in ledgers
    )


def combinations(wanted_rows: str) -> str:
    """The different things that those rows say, numbered."""
    said = ", ".join((NAME, *_GIVEN))
    return f"SELECT row_number() OVER () AS combo, * FROM (SELECT DISTINCT {said} FROM {wanted_rows}) AS said"


def sightings(ledgers: Iterable[Ledger], names: str) -> str:
    """The rows with a number whose name is in relation `names`."""
    return " UNION ALL ".join(
        f"SELECT t.person_id AS person_id, {_row(ledger)} FROM {ledger.id} AS t "
        f"WHERE length(t.person_id) = 18 AND t.name IN (SELECT name FROM {names})"
        for ledger in ledgers
    )


def doubtful(sighted: str, wrong: str, most: int) -> str:
    """The numbers of each name that has a wrong one, up to `most` of a name: name, person_id, wrong; by name."""
    return f"""
        SELECT name, person_id, wrong FROM (
            SELECT *, bool_or(wrong) OVER (PARTITION BY name) AS doubtful, count(*) OVER (PARTITION BY name) AS numbers
            FROM (
                SELECT DISTINCT s.name, s.person_id, w.person_id IS NOT NULL AS wrong
                FROM {sighted} AS s LEFT JOIN {wrong} AS w ON w.person_id = s.person_id
            ) AS number
        ) AS counted
        WHERE doubtful AND numbers <= {most}
        ORDER BY name, person_id
    """


def people(sighted: str, mistyped: str) -> str:
    """Who there is: each name and number, without the mistyped ones."""
    return (
        f"SELECT DISTINCT s.name, s.person_id FROM {sighted} AS s WHERE NOT EXISTS (SELECT 1 FROM {mistyped} AS m "
        "WHERE m.name = s.name AND m.person_id = s.person_id)"
    )


def known(sighted: str, people_seen: str) -> str:
    """What those rows tell of each name: name, kind, key, person_id, ledger, row_no."""
    return " UNION ALL ".join(
        f"SELECT s.name AS name, '{kind}' AS kind, {key} AS key, s.person_id AS person_id, s.ledger AS ledger, "
        f"s.row_no AS row_no FROM {sighted} AS s JOIN {people_seen} AS p "
        f"ON p.name = s.name AND p.person_id = s.person_id WHERE {given}"
        for kind, (key, given) in _KNOWN.items()
    )


def facts(known_things: str) -> str:
    """For each name and key how many people it is, the only one of them, and the first row that shows it."""
    return (
        "SELECT name, kind, key, count(DISTINCT person_id) AS people, min(person_id) AS person_id, "
        f"min((ledger, row_no)) AS witness FROM {known_things} GROUP BY name, kind, key"
    )


def kinds_known(known_things: str) -> str:
    """What kinds are known of each name and person; one known with townships is not asked for a village anywhere."""
    return (
        f"SELECT DISTINCT k.name, k.person_id, k.kind FROM {known_things} AS k WHERE k.kind <> 'village_anywhere' "
        f"OR NOT EXISTS (SELECT 1 FROM {known_things} AS o WHERE o.person_id = k.person_id AND o.name = k.name "
        "AND o.kind = 'village_there')"
    )


def asked(combos: str) -> str:
    """What each combination says, a row for each kind: combo, name, kind, key, told."""
    return " UNION ALL ".join(
        f"SELECT combo, name, '{kind}' AS kind, {key} AS key, '{told}' AS told FROM {combos} WHERE {given}"
        for kind, (told, key, given) in _ASKED.items()
    )


def judged(combos: str, asked_things: str, fact: str, kinds: str) -> str:
    """For each combination how many people fit, the one who does, and whether something else speaks against them."""
    return f"""
        WITH hit AS (
            SELECT a.combo, a.kind, a.told, f.people, f.person_id, f.witness
            FROM {asked_things} AS a
            JOIN {fact} AS f ON f.name = a.name AND f.kind = a.kind AND f.key = a.key
        ), counted AS (
            SELECT combo,
                greatest(max(people), count(DISTINCT person_id) FILTER (people = 1)) AS fits,
                min(person_id) AS person_id,
                'name,' || string_agg(DISTINCT told, ',' ORDER BY told) AS linked_by,
                min(witness) AS witness
            FROM hit GROUP BY combo
        ), against AS (
            SELECT DISTINCT c.combo
            FROM counted AS c
            JOIN {asked_things} AS a ON a.combo = c.combo
            JOIN {kinds} AS k ON k.name = a.name AND k.person_id = c.person_id AND k.kind = a.kind
            WHERE c.fits = 1
                AND NOT EXISTS (SELECT 1 FROM hit AS h WHERE h.combo = a.combo AND h.kind = a.kind)
        )
        SELECT c.combo, c.name, s.fits, s.person_id, s.linked_by, s.witness, g.combo IS NOT NULL AS contradicted,
            c.combo IN (SELECT a.combo FROM {asked_things} AS a) AS asks
        FROM {combos} AS c
        LEFT JOIN counted AS s ON s.combo = c.combo
        LEFT JOIN against AS g ON g.combo = c.combo
    """


def claims(wanted_rows: str, combos: str, judgement: str) -> str:
    """Each row without a number with what was judged of it: who fits, or why nobody is taken."""
    same = " AND ".join(f"c.{name} = w.{name}" for name in (NAME, *_GIVEN))
    return f"""
        SELECT w.ledger, w.row_no, j.person_id, j.linked_by, j.witness, coalesce(j.fits, 0) AS fits,
            CASE
                WHEN w.name = '' THEN 'nameless'
                WHEN w.ledger IN ({", ".join(f"'{name}'" for name in NEVER_LINKED)}) THEN 'status-list'
                WHEN NOT j.asks THEN 'name-only'
                WHEN j.fits IS NULL THEN 'nobody'
                WHEN j.fits > 1 THEN 'several'
                WHEN j.contradicted THEN 'contradicts'
                ELSE ''
            END AS reason
        FROM {wanted_rows} AS w
        JOIN {combos} AS c ON {same}
        JOIN {judgement} AS j ON j.combo = c.combo
    """


def standing_already(ledgers: Iterable[Ledger], claimed: str) -> str:
    """The claimed rows that would stand beside another row of the person where only one is expected: ledger, row_no.

    That is a second row for one key (accounts apart), and no mere copy: maybe another person of the same name. A row
    with the person's own account is the person's all the same.
    """
    parts = []
    for ledger in ledgers:
        key = [n for n in ledger.key if n != PERSON and ledger.columns[n].type is not ColumnType.ACCOUNT]
        slot = ", ".join(("coalesce(t.person_id, c.person_id)", *(f't."{name}"' for name in key)))
        said = ", ".join(f't."{name}"' for name in ledger.columns if name != PERSON)
        parts.append(f"""
            SELECT '{ledger.id}' AS ledger, row_no FROM (
                SELECT t._row AS row_no, c.person_id AS claimed_for, c.linked_by AS linked_by,
                    min(hash({said})) OVER (PARTITION BY {slot}) AS one_said,
                    max(hash({said})) OVER (PARTITION BY {slot}) AS other_said
                FROM {ledger.id} AS t
                LEFT JOIN {claimed} AS c ON c.ledger = '{ledger.id}' AND c.row_no = t._row AND c.reason = ''
                WHERE coalesce(t.person_id, c.person_id) IN
                    (SELECT person_id FROM {claimed} WHERE ledger = '{ledger.id}' AND reason = '')
            ) AS r
            WHERE claimed_for IS NOT NULL AND one_said <> other_said AND linked_by NOT LIKE '%account_no%'
        """)
    return " UNION ALL ".join(parts)


def outcome(claimed: str, standing: str) -> str:
    """The last word on each row without a number."""
    return f"""
        SELECT ledger, row_no, fits,
            CASE WHEN reason = '' THEN person_id END AS person_id,
            CASE WHEN reason = '' THEN linked_by END AS linked_by,
            CASE WHEN reason = '' THEN witness[1] END AS witness_ledger,
            CASE WHEN reason = '' THEN witness[2] END AS witness_row,
            reason
        FROM (
            SELECT c.* REPLACE (CASE WHEN s.row_no IS NOT NULL THEN 'stands-already' ELSE c.reason END AS reason)
            FROM {claimed} AS c
            LEFT JOIN {standing} AS s ON s.ledger = c.ledger AND s.row_no = c.row_no
        ) AS told
    """


def fitting_masks(ledgers: Iterable[Ledger], without: str, masks: str, people_seen: str) -> str:
    """For each masked number how many people of that name it may be."""
    rows = " UNION ALL ".join(
        f"SELECT '{ledger.id}' AS ledger, t._row AS row_no, coalesce(t.name, '') AS name, w.shown AS shown "
        f"FROM {ledger.id} AS t JOIN {without} AS w ON w.row_no = t._row "
        f"WHERE w.ledger = '{ledger.id}' AND w.shown IS NOT NULL"
        for ledger in ledgers
    )
    return f"""
        WITH masked AS ({rows}), shape AS (SELECT DISTINCT head, tail FROM {masks}), shortened AS (
            SELECT p.name, p.person_id, h.head, h.tail,
                left(p.person_id, h.head) AS first_part, right(p.person_id, h.tail) AS last_part
            FROM {people_seen} AS p CROSS JOIN shape AS h
        ), fitting AS (
            SELECT q.name, m.shown, count(*) AS fits
            FROM (SELECT DISTINCT name, shown FROM masked) AS q
            JOIN {masks} AS m ON m.shown = q.shown
            JOIN shortened AS s ON s.name = q.name AND s.head = m.head AND s.tail = m.tail
                AND s.first_part = m.first_part AND s.last_part = m.last_part
            WHERE s.person_id LIKE m.pattern
            GROUP BY q.name, m.shown
        )
        SELECT r.ledger, r.row_no, NULL::VARCHAR AS person_id, NULL::VARCHAR AS linked_by,
            NULL::VARCHAR AS witness_ledger, NULL::BIGINT AS witness_row, 'masked' AS reason,
            coalesce(f.fits, 0) AS fits
        FROM masked AS r LEFT JOIN fitting AS f ON f.name = r.name AND f.shown = r.shown
    """
