"""Every sentence said about schemas and checks, in one place. `Fault` and `Refused` fill in the named parts."""

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

SENTENCES: dict[str, Promise] = {
    "table-too-large": _(
        "The table is too large for the memory set aside for it. Split it by year or region, and check each part."
    ),
    "table-too-wide": _(
        "The table has %(columns)s columns; at most %(most)s can be checked. Turn columns that repeat, such as years, "
        "into rows."
    ),
    "row-too-long": _(
        "A row has more than %(limit_mb)s MB of text. Shorten its longest cell, or give the text a file of its own."
    ),
    "plain-file-damaged": _("The prepared copy of this file is damaged. Read the source file again, then check it."),
    "columns-in-other-order": _("The columns stand in another order. The schema expects: %(expected)s."),
    "columns-differ": _(
        "File and schema have other columns. Missing in the file: %(absent)s. Unknown to the schema: %(extra)s. "
        "Change the schema, or bring a file with these columns."
    ),
    "code-list-missing": _(
        "Column %(column)s takes its codes from the list %(code_list)s, which is not published here. "
        "Choose another list, or publish that one first."
    ),
    "pattern-not-re2": _(
        "The pattern %(pattern)s of column %(column)s cannot be used. Write it without look-around and back-references."
    ),
    "schema-no-fields": _("The schema names no columns. Name at least one under “fields”."),
    "schema-no-name": _("A column of the schema has no name. Give every column its name."),
    "schema-column-twice": _("The column %(column)s stands twice in the schema. Keep one."),
    "schema-key-unknown": _("The key names the column %(column)s, which the schema does not have. Choose one it has."),
    "schema-type": _("Column %(column)s has the unknown type %(type)s. Choose one of: %(allowed)s."),
    "schema-format": _(
        "The format %(format)s of column %(column)s is not taken. Use %%Y %%m %%d %%H %%M %%S, as in %%d/%%m/%%Y, "
        "or choose text."
    ),
    "schema-signs": _(
        "Column %(column)s needs two different signs, one for decimals and one for thousands; neither may be a digit, "
        "a letter, plus or minus."
    ),
    "schema-truth": _("In column %(column)s one word means both yes and no. Keep it on one side."),
    "schema-codes-are-text": _("Column %(column)s takes codes from a list, so its type must be text. Choose text."),
    "schema-constraint": _("The rule %(constraint)s does not go with column %(column)s of type %(type)s. Remove it."),
    "schema-bound": _(
        "%(value)s in a rule of column %(column)s is no value of type %(type)s. Write it as in the file."
    ),
    "schema-bare-number": _(
        "Column %(column)s has units inside its cells. Take them out of the cells and name the unit in the schema."
    ),
    "schema-foreign-key": _("A code list is tied to one column of codes. Name exactly one column on each side."),
    "table-has-faults": _("The table still has %(count)s faults. Mend them, or change the schema, and check again."),
    "table-not-checked": _("The file is not the one that was checked. Check it again before publishing."),
    "sort-column-unknown": _("The table cannot be sorted by %(column)s: there is no such column. Choose one it has."),
    "compare-key-unknown": _("The key column %(column)s is not in both versions. Choose columns both have."),
    "differences-too-large": _(
        "The file of all differences would be larger than %(most)s MB. Download both releases instead."
    ),
    "compare-key-twice": _(
        "In one of the versions %(count)s rows share their key with another. Choose a key that names each row once, "
        "or compare whole rows."
    ),
    "compare-not-parquet": _("One of the versions cannot be read as Parquet. Publish it again, then compare."),
}

FAULTS: dict[str, Promise] = {
    "type": _("Row %(row)s, column %(column)s: “%(value)s” is not of the column's type. Write it like %(limit)s."),
    "digits": _(
        "Row %(row)s, column %(column)s: “%(value)s” has more digits than a number may have. Round it, or make it text."
    ),
    "required": _("Row %(row)s, column %(column)s: the cell is empty. Fill it in, or say that it may be empty."),
    "minimum": _("Row %(row)s, column %(column)s: “%(value)s” is below the least allowed, %(limit)s. Correct it."),
    "maximum": _("Row %(row)s, column %(column)s: “%(value)s” is above the most allowed, %(limit)s. Correct it."),
    "minLength": _("Row %(row)s, column %(column)s: “%(value)s” is shorter than %(limit)s characters. Complete it."),
    "maxLength": _("Row %(row)s, column %(column)s: “%(value)s” is longer than %(limit)s characters. Shorten it."),
    "pattern": _("Row %(row)s, column %(column)s: “%(value)s” does not have the agreed form (%(limit)s). Correct it."),
    "enum": _("Row %(row)s, column %(column)s: “%(value)s” is none of: %(limit)s. Use one of these."),
    "codeList": _(
        "Row %(row)s, column %(column)s: the code “%(value)s” is not in the list %(limit)s. Use a code of the list."
    ),
    "unique": _(
        "Row %(row)s, column %(column)s: “%(value)s” already stands in row %(limit)s. Each value may stand once only."
    ),
    "primaryKey": _(
        "Row %(row)s: the key %(column)s, “%(value)s”, already stands in row %(limit)s. Remove or correct one of them."
    ),
    "keyMissing": _("Row %(row)s: the key %(column)s is empty. Fill it in, so that the row can be named."),
    "blankRow": _("Row %(row)s is empty. Remove it, or leave empty rows out when the file is read."),
}
