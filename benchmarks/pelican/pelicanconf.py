"""Pelican's settings for the benchmark: two languages, its cache on, one feed, a page for each puppy."""

SITENAME = "Milu Xinh"
SITEURL = "https://miluxinh.example"
DEFAULT_LANG = "vi"
TIMEZONE = "Asia/Ho_Chi_Minh"
THEME = "theme"
PATH = "content"
ARTICLE_URL = ARTICLE_SAVE_AS = "{slug}/index.html"
ARTICLE_LANG_URL = ARTICLE_LANG_SAVE_AS = "{lang}/{slug}/index.html"
PAGE_URL = PAGE_SAVE_AS = "pages/{slug}/index.html"
PAGE_LANG_URL = PAGE_LANG_SAVE_AS = "{lang}/pages/{slug}/index.html"
AUTHOR_SAVE_AS = TAG_SAVE_AS = ""
DIRECT_TEMPLATES = ["index", "archives", "sitemap"]
SITEMAP_SAVE_AS = "sitemap.xml"
DEFAULT_PAGINATION = False
CACHE_CONTENT = LOAD_CONTENT_CACHE = True
FEED_ALL_ATOM = "feed.xml"
FEED_MAX_ITEMS = 30
CATEGORY_FEED_ATOM = TRANSLATION_FEED_ATOM = AUTHOR_FEED_ATOM = AUTHOR_FEED_RSS = None
MARKDOWN = {"extensions": ["extra", "sane_lists", "toc", "meta"], "output_format": "html"}
