"""Makes the tables of a new CKAN, the rights of its datastore's reader, and an administrator; prints his token."""

import secrets

import psycopg2
from ckan import model
from ckan.common import config
from ckan.plugins.toolkit import get_action
from ckan_app import application
from ckanext.datastore.cli import permissions_sql


def main() -> str:
    """Everything in one process: each start of CKAN costs ten seconds."""
    model.repo.init_db()
    sql = permissions_sql("ckan", "datastore", "lumbung", "lumbung", "reader")
    database = psycopg2.connect(config["ckan.datastore.write_url"])
    database.autocommit = True
    # The lines for psql stand between the SQL.
    database.cursor().execute("\n".join(line for line in sql.splitlines() if not line.startswith("\\")))
    name = get_action("get_site_user")({"ignore_auth": True}, {})["name"]
    told = {"name": "pengurus", "email": "pengurus@contoh.invalid", "password": secrets.token_hex(12)}
    context = {"ignore_auth": True, "user": name}
    get_action("user_create")(dict(context), told)
    model.User.get("pengurus").sysadmin = True
    model.repo.commit()
    return str(get_action("api_token_create")(dict(context), {"user": "pengurus", "name": "uji"})["token"])


if __name__ == "__main__":
    with application._wsgi_app.test_request_context():  # noqa: SLF001 - as its own command line does
        print(main())
