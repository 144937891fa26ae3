"""What the stored numbers of conversations must agree with."""

from collections import defaultdict

from community.forum.models import Forum
from community.forum_conversation import tree
from community.forum_conversation.models import Post, Topic


def assert_counters_right() -> None:
    """Compare every counter, ordinal, path and pointer in the database with the posts themselves."""
    posts = list(Post.objects.order_by("pk"))
    by_id = {post.pk: post for post in posts}
    published = [post for post in posts if post.state == Post.State.PUBLISHED]
    replies, branches, ordinals = defaultdict(int), defaultdict(int), defaultdict(list)
    for post in published:
        if post.parent_id:
            replies[post.parent_id] += 1
            branches[post.root_id] += 1
    for post in posts:
        ordinals[post.topic_id, post.root_id].append(post.ordinal)
        assert post.replies_count == replies[post.pk], post.pk
        assert post.branch_count == branches[post.pk], post.pk
        if post.parent_id:
            parent = by_id[post.parent_id]
            assert post.topic_id == parent.topic_id
            assert post.root_id == (parent.root_id or parent.pk)
            assert post.depth == parent.depth + 1
            assert post.path[: -tree.SEGMENT] == tree.shelf_path(parent.path)
        else:
            assert (post.root_id, post.depth, post.path) == (None, 0, tree.segment(post.ordinal))
    for numbers in ordinals.values():
        assert sorted(numbers) == list(range(1, len(numbers) + 1))
    paths = [(post.topic_id, post.path) for post in posts]
    assert len(set(paths)) == len(paths)
    for topic in Topic.objects.all():
        mine = [post for post in published if post.topic_id == topic.pk]
        assert topic.posts_count == len(mine)
        assert topic.next_ordinal == 1 + len(ordinals[topic.pk, None])
        last = max(mine, key=lambda post: (post.created, post.pk), default=None)
        assert topic.last_post_id == (last.pk if last else None)
        if last:
            assert topic.last_post_on == last.created
    for forum in Forum.objects.all():
        topics = Topic.objects.filter(forum=forum)
        assert forum.direct_topics_count == topics.count(), forum
        assert forum.direct_posts_count == sum(topic.posts_count for topic in topics), forum
        dates = [topic.last_post_on for topic in topics if topic.last_post_id]
        assert forum.last_post_on == max(dates, default=None), forum
