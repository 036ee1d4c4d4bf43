"""Which of my counterparties are listed: pip install confluent-kafka; python counterparties.py BROKERS TABLE.sqlite [TOPIC]
Each event has its effect once: the offset stands in the same database, and moves in the same transaction."""
import json, sqlite3, sys
from confluent_kafka import Consumer, TopicPartition

brokers, file, topic = (sys.argv[1:] + ["listory.events"])[:3]
db = sqlite3.connect(file, isolation_level=None)
db.executescript("""
  create table if not exists said (listing, field, day, value, primary key (listing, field, day));
  create table if not exists positions (part primary key, next_offset);
  create view if not exists listing_status as select listing,
    (select value from said s where s.listing = l.listing and field = 'name' and day <= date() order by day desc) as name,
    (select value from said s where s.listing = l.listing and field = 'listed' and day <= date() order by day desc) = 'yes' as listed
    from (select distinct listing from said) l;""")
consumer = Consumer({"bootstrap.servers": brokers, "group.id": "counterparties-py", "enable.auto.commit": False, "isolation.level": "read_committed"})
partitions = consumer.list_topics(topic).topics[topic].partitions
stored = dict(db.execute("select part, next_offset from positions"))
consumer.assign([TopicPartition(topic, part, stored.get(part, 0)) for part in partitions])

while True:
    message = consumer.poll(1.0)
    if message is None or message.error():
        continue
    head = {name: value.decode() for name, value in message.headers()}
    kind, listing, day = head["ce_type"].removeprefix("org.listory.").removesuffix(".v1"), head["ce_subject"], head.get("ce_effectivedate")
    data, rows = json.loads(message.value()), []
    if kind == "listing.added":
        rows = [("listed", day, "yes"), ("name", day, data["listing"]["name"])]
    elif kind == "listing.removed":
        rows = [("listed", day, "no")]
    elif kind == "listing.renamed" or (kind == "listing.corrected" and data["field"] == "name"):
        rows = [("name", day, data["after"])]
    db.execute("begin")
    if kind.startswith("identity."):
        db.execute("delete from said where listing = ?", [listing])
        rows = [("listed", at[:10], "yes" if value else "no") if field == "presence" else ("name", at[:10], value)
                for field, at, layer, value, dating in data["timeline"] if field in ("presence", "name")]
    db.executemany("insert or replace into said values (?, ?, ?, ?)", [(listing, *row) for row in rows])
    db.execute("insert or replace into positions values (?, ?)", [message.partition(), message.offset() + 1])
    db.execute("commit")
