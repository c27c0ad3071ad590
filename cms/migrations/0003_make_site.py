"""Put our home and careers pages in the place of Wagtail's welcome page."""

from django.db import migrations

ROOT, HOME, CAREERS = "0001", "00010001", "000100010001"


def make_site(apps, schema_editor):
    Page = apps.get_model("wagtailcore", "Page")
    Site = apps.get_model("wagtailcore", "Site")
    locale = apps.get_model("wagtailcore", "Locale").objects.order_by("pk").first()
    Site.objects.all().delete()
    Page.objects.filter(path=HOME).delete()
    home = _page(apps, "HomePage", path=HOME, title="Home", slug="home", url_path="/home/", numchild=1,
                 locale=locale, intro="<p>We build customer-care teams, and take them live.</p>")
    _page(apps, "CareersPage", path=CAREERS, title="Careers", slug="careers",
          url_path="/home/careers/", numchild=0, locale=locale,
          intro="<p>Tell us who you are. You hear from a person, whatever the answer.</p>")
    Page.objects.filter(path=ROOT).update(numchild=1)
    # The default site answers whatever host name it is asked by.
    Site.objects.create(hostname="localhost", port=80, site_name="Cadre", root_page_id=home.pk,
                        is_default_site=True)


def _page(apps, model, *, path, title, **fields):
    # A model of its own app label, so that the page knows its kind.
    kind, _ = apps.get_model("contenttypes", "ContentType").objects.get_or_create(
        app_label="cms", model=model.lower())
    return apps.get_model("cms", model).objects.create(
        path=path, depth=len(path) // 4, title=title, draft_title=title, content_type=kind, live=True,
        **fields)


def restore_welcome_page(apps, schema_editor):
    """Refuse while jobs or proposals hang on the site: they would lose their place."""
    Page = apps.get_model("wagtailcore", "Page")
    Site = apps.get_model("wagtailcore", "Site")
    if Page.objects.filter(path__startswith=HOME).exclude(path__in=[HOME, CAREERS]).exists():
        raise RuntimeError("Delete the pages of jobs and proposals first.")
    Site.objects.all().delete()
    apps.get_model("cms", "CareersPage").objects.all().delete()
    apps.get_model("cms", "HomePage").objects.all().delete()
    kind = apps.get_model("contenttypes", "ContentType").objects.get(
        app_label="wagtailcore", model="page")
    title = "Welcome to your new Wagtail site!"
    welcome = Page.objects.create(
        path=HOME, depth=2, numchild=0, title=title, draft_title=title, slug="home",
        url_path="/home/", content_type=kind,
        locale=apps.get_model("wagtailcore", "Locale").objects.order_by("pk").first())
    Site.objects.create(hostname="localhost", root_page_id=welcome.pk, is_default_site=True)


class Migration(migrations.Migration):
    replaces = [("cms", "0004_make_site")]
    dependencies = [("cms", "0002_initial")]
    operations = [migrations.RunPython(make_site, restore_welcome_page)]
