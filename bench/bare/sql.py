"""The questions that the bare views ask the database."""

from __future__ import annotations

from django.db import connection


def rows(question: str, **values) -> list[dict]:
    """The answer as a dict for each row. `values` fill the %(names)s."""
    with connection.cursor() as cursor:
        cursor.execute(question, values)
        names = [column.name for column in cursor.description]
        return [dict(zip(names, row, strict=False)) for row in cursor.fetchall()]


def change(order: str, **values) -> None:
    with connection.cursor() as cursor:
        cursor.execute(order, values)


# Who may do what. %(person)s is 0 for a visitor.
GROUPS = """
    SELECT id FROM auth_group WHERE name = 'Visitors' OR (name = 'Members' AND %(person)s > 0)
    UNION ALL SELECT group_id FROM accounts_user_groups WHERE user_id = %(person)s
"""
OPEN = """
    NOT EXISTS (
        SELECT 1 FROM courses_weekforum wf JOIN courses_modulepage w ON w.page_ptr_id = wf.week_id
        WHERE wf.forum_id = g.forum_id AND w.opens_at > now()
    )
"""
RIGHTS = f"""
    ARRAY(
        SELECT p.codename FROM forum_permission_groupforumpermission g
        JOIN forum_permission_forumpermission p ON p.id = g.permission_id
        WHERE g.forum_id = t.forum_id AND g.has_perm AND g.group_id IN ({GROUPS}) AND {OPEN}
    ) AS rights
"""
READABLE = f"""
    SELECT g.forum_id FROM forum_permission_groupforumpermission g
    JOIN forum_permission_forumpermission p ON p.id = g.permission_id
    WHERE p.codename = 'can_read_forum' AND g.has_perm AND g.group_id IN ({GROUPS}) AND {OPEN}
"""

TOPIC = f"""
    SELECT t.id, t.subject, t.slug, t.created, t.posts_count, t.next_ordinal, t.status, t.first_post_id,
           t.poster_id, u.display_name AS poster_name,
           f.id AS forum_id, f.name AS forum_name, f.slug AS forum_slug, {RIGHTS}
    FROM forum_conversation_topic t
    JOIN forum_forum f ON f.id = t.forum_id
    LEFT JOIN accounts_user u ON u.id = t.poster_id
    WHERE t.id = %(topic)s
"""
POST = """
    p.id, p.parent_id, p.root_id, p.ordinal, p.path, p.html, p.state, p.created, p.branch_count,
    p.replies_count, p.poster_id, u.display_name AS name, u.handle, u.affiliation,
    u.affiliation_visibility, r.role
"""
WRITERS = """
    LEFT JOIN accounts_user u ON u.id = p.poster_id
    LEFT JOIN forum_forum week ON week.id = %(forum)s
    LEFT JOIN courses_coursespace s ON s.category_id = week.parent_id
    LEFT JOIN courses_courserole r ON r.course_id = s.course_id AND r.person_id = p.poster_id
"""
POSTS = f"""
    SELECT {POST} FROM forum_conversation_post p {WRITERS}
    WHERE p.topic_id = %(topic)s AND p.root_id IS NULL AND p.ordinal BETWEEN %(first)s AND %(first)s + 19
    UNION ALL
    SELECT {POST} FROM forum_conversation_post p {WRITERS}
    WHERE p.ordinal <= 10 AND p.root_id IN (
        SELECT id FROM forum_conversation_post
        WHERE topic_id = %(topic)s AND root_id IS NULL AND ordinal BETWEEN %(first)s AND %(first)s + 19
    )
    ORDER BY path
"""

FORUMS = f"""
    SELECT f.id, f.name AS title, f.slug, f.description, f.cloth, f.direct_topics_count, f.direct_posts_count,
           f.parent_id, c.name AS category, p.id AS post_id, p.created, p.poster_id,
           u.display_name AS name, t.subject
    FROM forum_forum f
    LEFT JOIN forum_forum c ON c.id = f.parent_id
    LEFT JOIN forum_conversation_post p ON p.id = f.last_post_id
    LEFT JOIN forum_conversation_topic t ON t.id = p.topic_id
    LEFT JOIN accounts_user u ON u.id = p.poster_id
    WHERE f.id IN ({READABLE})
    ORDER BY f.tree_id, f.lft DESC
"""
TALK = f"""
    SELECT t.id, t.subject, t.slug, t.posts_count, f.name AS forum_name, p.created, p.poster_id,
           p.html, u.display_name AS name
    FROM forum_conversation_topic t
    JOIN forum_forum f ON f.id = t.forum_id
    JOIN forum_conversation_post p ON p.id = t.last_post_id
    LEFT JOIN accounts_user u ON u.id = p.poster_id
    WHERE t.forum_id IN ({READABLE})
    ORDER BY t.last_post_on DESC, t.id DESC LIMIT 3
"""
MY_TOPICS = """
    SELECT topic_id FROM forum_conversation_post
    WHERE poster_id = %(person)s AND state = 1 ORDER BY id DESC LIMIT 50
"""
MY_TALK = f"""
    SELECT t.id, t.subject, t.slug, t.posts_count, t.beside_page, f.name AS forum_name, p.created,
           p.poster_id, u.display_name AS name, s.display_name AS starter
    FROM forum_conversation_topic t
    JOIN forum_forum f ON f.id = t.forum_id
    JOIN forum_conversation_post p ON p.id = t.last_post_id
    LEFT JOIN accounts_user u ON u.id = p.poster_id
    LEFT JOIN accounts_user s ON s.id = t.poster_id
    WHERE t.forum_id IN ({READABLE}) AND t.id = ANY(%(topics)s)
    ORDER BY t.last_post_on DESC, t.id DESC LIMIT 5
"""

COURSE = """
    SELECT c.page_ptr_id AS id, page.title, page.path, page.url_path, c.lede, c.starts_on, c.hours_per_week
    FROM courses_coursepage c JOIN wagtailcore_page page ON page.id = c.page_ptr_id
    WHERE page.live AND {which}
"""
FEATURED = COURSE.format(which="c.page_ptr_id = (SELECT featured_course_id FROM home_homepage LIMIT 1)")
COURSE_ABOVE = COURSE.format(which="page.path = left(%(path)s, 16)")
MINE = """
    SELECT e.joined_at, c.page_ptr_id AS id, page.title, page.path, page.url_path, c.starts_on
    FROM progress_enrolment e
    JOIN courses_coursepage c ON c.page_ptr_id = e.course_id
    JOIN wagtailcore_page page ON page.id = c.page_ptr_id
    WHERE e.person_id = %(person)s AND e.left_at IS NULL AND page.live
    ORDER BY e.joined_at DESC
"""
WEEK = """
    SELECT page.id, page.title, page.path, w.lede, w.outcomes, w.question, w.body, w.opens_at, wf.forum_id,
           place.topic_id
    FROM wagtailcore_page page
    JOIN courses_modulepage w ON w.page_ptr_id = page.id
    LEFT JOIN courses_weekforum wf ON wf.week_id = page.id
    LEFT JOIN discussions_place place ON place.page_id = page.id
    WHERE page.slug = %(slug)s AND page.url_path = %(url_path)s AND page.live
"""
WEEKS = """
    SELECT page.id, page.title, page.path, page.url_path, w.hint, w.cloth, w.opens_at, w.offset_days,
           w.length_days
    FROM courses_modulepage w JOIN wagtailcore_page page ON page.id = w.page_ptr_id
    WHERE page.path > %(path)s AND page.path < %(path)s || 'ZZZZ' AND page.live ORDER BY page.path
"""
STEPS = """
    SELECT page.id, page.title, page.path, page.url_path, s.summary, s.minutes, s.optional, s.needs_quiet,
           s.skimmable, s.has_audio, ct.model
    FROM courses_steppage s JOIN wagtailcore_page page ON page.id = s.page_ptr_id
    JOIN django_content_type ct ON ct.id = page.content_type_id
    WHERE page.path > %(path)s AND page.path < %(path)s || 'ZZZZ' AND page.live ORDER BY page.path
"""
LEADERS = """
    SELECT r.role, u.id, u.display_name AS name, u.handle
    FROM courses_courserole r JOIN accounts_user u ON u.id = r.person_id
    WHERE r.course_id = %(course)s ORDER BY r.sort_order
"""
ENROLLED = """
    SELECT joined_at FROM progress_enrolment
    WHERE person_id = %(person)s AND course_id = %(course)s AND left_at IS NULL
"""
STATES = """
    SELECT step_id AS id, completed_at AS at, 'done' AS state FROM progress_stepcompletion
    WHERE person_id = %(person)s AND course_id = %(course)s AND revoked_at IS NULL
    UNION ALL
    SELECT step_id, last_at, 'now' FROM progress_stepvisit
    WHERE person_id = %(person)s AND course_id = %(course)s
    UNION ALL
    SELECT module_id, completed_at, 'week' FROM progress_modulecompletion
    WHERE person_id = %(person)s AND course_id = %(course)s AND revoked_at IS NULL
"""

# Writing.
HOLD_TOPIC = f"""
    SELECT t.forum_id, t.status, t.next_ordinal, t.first_post_id, {RIGHTS}
    FROM forum_conversation_topic t WHERE t.id = %(topic)s FOR UPDATE
"""
ANSWERED = """
    SELECT p.id, p.path, r.id AS root_id, r.next_ordinal, a.id AS above_id, a.path AS shelf, a.next_child,
           p.depth + 1 AS depth
    FROM forum_conversation_post p
    JOIN forum_conversation_post r ON r.id = coalesce(p.root_id, p.id)
    JOIN forum_conversation_post a ON a.topic_id = p.topic_id AND a.path = left(p.path, 20)
    WHERE p.id = %(parent)s AND p.topic_id = %(topic)s AND p.state = 1
"""
COUNT_ANSWER = """
    UPDATE forum_conversation_post SET
        replies_count = replies_count + (id = %(parent)s)::int,
        branch_count = branch_count + (id = %(root)s)::int,
        next_ordinal = next_ordinal + (id = %(root)s)::int,
        next_child = next_child + (id = %(above)s)::int
    WHERE id IN (%(parent)s, %(root)s, %(above)s)
"""
# A post with the counters of its topic and forum, in one go.
ADD_POST = """
    WITH post AS (
        INSERT INTO forum_conversation_post (topic_id, poster_id, content, html, renderer_version, parent_id,
            root_id, depth, ordinal, path, next_ordinal, next_child, replies_count, branch_count, state,
            idempotency_key, created)
        VALUES (%(topic)s, %(person)s, %(text)s, %(html)s, 1, %(parent)s,
            %(root)s, %(depth)s, %(ordinal)s, %(path)s, 1, 1, 0, 0, 1,
            %(key)s, %(now)s)
        RETURNING id
    ), topic AS (
        UPDATE forum_conversation_topic SET posts_count = posts_count + 1,
            next_ordinal = next_ordinal + %(top)s,
            last_post_id = (SELECT id FROM post), last_post_on = %(now)s
        WHERE id = %(topic)s
    )
    UPDATE forum_forum SET direct_posts_count = direct_posts_count + 1,
        last_post_id = (SELECT id FROM post), last_post_on = %(now)s
    WHERE id = %(forum)s RETURNING last_post_id AS id
"""
HOLD_ENROLMENT = """
    SELECT e.id, e.course_id, e.course_title, page.path, page.url_path
    FROM wagtailcore_page page
    JOIN wagtailcore_page course ON course.path = left(page.path, 16)
    JOIN progress_enrolment e ON e.course_id = course.id AND e.person_id = %(person)s AND e.left_at IS NULL
    WHERE page.id = %(step)s AND page.live AND course.live FOR UPDATE OF e
"""
OF_THE_WEEK = """
    SELECT page.id, page.title, s.uid, s.optional, c.id IS NOT NULL AS done, week.id AS week_id,
           week.title AS week_title, w.uid AS week_uid, w.opens_at, m.id IS NOT NULL AS recorded
    FROM wagtailcore_page week
    JOIN courses_modulepage w ON w.page_ptr_id = week.id
    JOIN wagtailcore_page page ON page.path > week.path AND page.path < week.path || 'ZZZZ' AND page.live
    JOIN courses_steppage s ON s.page_ptr_id = page.id
    LEFT JOIN progress_stepcompletion c
        ON c.step_id = page.id AND c.person_id = %(person)s AND c.revoked_at IS NULL
    LEFT JOIN progress_modulecompletion m
        ON m.module_id = week.id AND m.person_id = %(person)s AND m.revoked_at IS NULL
    WHERE week.path = left(%(path)s, 20) AND week.live ORDER BY page.path
"""
TICK = """
    INSERT INTO progress_stepcompletion (person_id, course_id, course_title, module_id, step_id, title, uid,
        completed_at, how, by_id, rule_version)
    VALUES (%(person)s, %(course)s, %(course_title)s, %(week)s, %(step)s, %(title)s, %(uid)s,
        %(now)s, 'tick', %(person)s, 1)
"""
FINISH = """
    INSERT INTO progress_modulecompletion (person_id, course_id, course_title, module_id, title, uid, basis,
        completed_at, how, by_id, rule_version)
    VALUES (%(person)s, %(course)s, %(course_title)s, %(week)s, %(title)s, %(uid)s, %(basis)s,
        %(now)s, 'rule', %(person)s, 1)
"""
UNTICK = """
    UPDATE progress_stepcompletion SET revoked_at = %(now)s, revoked_by_id = %(person)s
    WHERE person_id = %(person)s AND step_id = %(step)s AND revoked_at IS NULL
"""
