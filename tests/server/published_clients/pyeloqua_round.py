"""What somebody does with pyeloqua."""

from pyeloqua import Bulk  # type: ignore[import-not-found]  # it has an environment of its own

bulk = Bulk("api.user", "s3cret", "MockCo")


def exported(what, **more):
    """How many rows there are of it, with all its fields."""
    bulk.reset()
    bulk.exports(what, **more)
    bulk.add_fields()
    bulk.create_def(f"all {what}")
    bulk.sync(sleeptime=1)
    return bulk.get_export_count()


counts = {name: exported(name) for name in ("contacts", "accounts")}
counts["customobjects"] = exported("customobjects", obj_id=1)
counts |= {name: exported("activities", act_type=name) for name in ("EmailOpen", "FormSubmit", "Bounceback")}
print(counts, end="; ")

bulk.reset()
bulk.imports("contacts")
bulk.add_fields(["C_EmailAddress", "C_FirstName"])
bulk.add_options(identifierFieldName="C_EmailAddress")
bulk.add_syncaction_list("add", list_id=1)
bulk.create_def("two")
bulk.post_data([{"C_EmailAddress": f"{name}@example.test", "C_FirstName": name} for name in ("ada", "not an address")])
print(bulk.sync(sleeptime=1), [each["message"] for each in bulk.get_sync_rejects()])
