"""How fast the site is: `make bench`. What is measured, and how: docs/reference/performance.md."""

# Under which name the site is asked for, and the database that is filled unless DATABASE_URL names another.
ADDRESS = "https://bench.example.org"
DATABASE = "postgres://postgres@127.0.0.1:5432/commonplace_bench"
