"""The diary's guards on PostgreSQL: an advisory lock for each resource, in ascending order, then the question.

An exclusion constraint alone deadlocks where two writers meet; behind the locks it is the proof, for a writer who reads
from an old snapshot sees no newer row. `7364` is the space of the locks, the resource the key in it.
"""

LOCK_SPACE = 7364

NEVER_TWICE = """
EXCLUDE USING gist (int8range(resource_id, resource_id, '[]') WITH &&, int8range(begins, ends) WITH &&)
WHERE (exclusive)
"""

OCCUPANCY = """
CREATE OR REPLACE FUNCTION diary_occupancy_never_twice() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    PERFORM pg_advisory_xact_lock(7364, NEW.resource_id::int);
    IF NOT NEW.exclusive AND EXISTS (
        SELECT 1 FROM diary_resource WHERE id = NEW.resource_id AND kind NOT IN ('practitioner', 'room')
    ) THEN
        RAISE EXCEPTION 'diary: only a practitioner and a room are overbooked' USING ERRCODE = 'check_violation';
    END IF;
    IF NEW.exclusive AND EXISTS (
        SELECT 1 FROM diary_occupancy WHERE resource_id = NEW.resource_id AND id <> NEW.id
        AND begins < NEW.ends AND begins > NEW.begins - 1440 AND ends > NEW.begins
    ) THEN
        RAISE EXCEPTION 'diary: this time is taken' USING ERRCODE = 'exclusion_violation';
    END IF;
    RETURN NEW;
END $$;

CREATE TRIGGER diary_occupancy_never_twice
BEFORE INSERT OR UPDATE OF resource_id, begins, ends, exclusive ON diary_occupancy
FOR EACH ROW EXECUTE FUNCTION diary_occupancy_never_twice();
"""

APPOINTMENT = """
CREATE OR REPLACE FUNCTION diary_appointment_follows() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF NEW.state <> OLD.state AND (OLD.state, NEW.state) NOT IN (
        ('booked', 'arrived'), ('booked', 'attended'), ('booked', 'no-show'), ('booked', 'cancelled'),
        ('arrived', 'booked'), ('arrived', 'attended'), ('arrived', 'no-show'), ('arrived', 'cancelled'),
        ('attended', 'arrived'), ('no-show', 'arrived'), ('no-show', 'booked')
    ) THEN
        RAISE EXCEPTION 'diary: this state does not follow that one' USING ERRCODE = 'check_violation';
    END IF;
    IF OLD.state = 'cancelled' AND (NEW.begins, NEW.ends) IS DISTINCT FROM (OLD.begins, OLD.ends) THEN
        RAISE EXCEPTION 'diary: a cancelled appointment stays as it was' USING ERRCODE = 'check_violation';
    END IF;
    RETURN NEW;
END $$;

CREATE TRIGGER diary_appointment_follows BEFORE UPDATE OF state, begins, ends ON diary_appointment
FOR EACH ROW EXECUTE FUNCTION diary_appointment_follows();

CREATE OR REPLACE FUNCTION diary_appointment_occupies() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    wanted bigint[] := ARRAY(
        SELECT id FROM diary_resource WHERE id IN (NEW.practitioner_id, NEW.room_id, NEW.device_id)
        OR patient_id = NEW.patient_id OR NEW.patient_id IS NULL AND visitor_id = NEW.visitor_id ORDER BY id
    );
BEGIN
    IF NOT EXISTS (
        SELECT 1 FROM diary_resource
        WHERE patient_id = NEW.patient_id OR NEW.patient_id IS NULL AND visitor_id = NEW.visitor_id
    ) THEN
        RAISE EXCEPTION 'diary: the person has no row among the resources yet' USING ERRCODE = 'check_violation';
    END IF;
    PERFORM pg_advisory_xact_lock(7364, one::int) FROM unnest(wanted) AS one;
    IF TG_OP = 'UPDATE' THEN
        DELETE FROM diary_occupancy WHERE appointment_id = NEW.id AND resource_id <> ALL (wanted);
        IF (NEW.begins, NEW.ends, NEW.overbooked) IS DISTINCT FROM (OLD.begins, OLD.ends, OLD.overbooked) THEN
            UPDATE diary_occupancy SET begins = NEW.begins, ends = ends + NEW.ends - OLD.ends, exclusive = (
                SELECT NOT (NEW.overbooked AND kind IN ('practitioner', 'room'))
                FROM diary_resource WHERE id = resource_id
            ) WHERE appointment_id = NEW.id;
        END IF;
    END IF;
    INSERT INTO diary_occupancy (resource_id, begins, ends, appointment_id, exclusive)
    SELECT one.id, NEW.begins, NEW.ends + clean_down_minutes, NEW.id,
        NOT (NEW.overbooked AND kind IN ('practitioner', 'room'))
    FROM diary_resource AS one WHERE one.id = ANY (wanted)
    AND NOT EXISTS (SELECT 1 FROM diary_occupancy WHERE appointment_id = NEW.id AND resource_id = one.id)
    ORDER BY one.id;
    RETURN NULL;
END $$;

CREATE TRIGGER diary_appointment_takes AFTER INSERT ON diary_appointment
FOR EACH ROW WHEN (NEW.state <> 'cancelled') EXECUTE FUNCTION diary_appointment_occupies();

CREATE TRIGGER diary_appointment_carries
AFTER UPDATE OF begins, ends, practitioner_id, room_id, device_id, patient_id, visitor_id, overbooked
ON diary_appointment FOR EACH ROW WHEN (NEW.state <> 'cancelled') EXECUTE FUNCTION diary_appointment_occupies();

CREATE OR REPLACE FUNCTION diary_appointment_frees() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    DELETE FROM diary_occupancy WHERE appointment_id = NEW.id;
    RETURN NULL;
END $$;

CREATE TRIGGER diary_appointment_frees AFTER UPDATE OF state ON diary_appointment
FOR EACH ROW WHEN (NEW.state = 'cancelled') EXECUTE FUNCTION diary_appointment_frees();
"""

HOLD = """
CREATE OR REPLACE FUNCTION diary_hold_takes() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    INSERT INTO diary_occupancy (resource_id, begins, ends, hold_id, exclusive)
    SELECT one.id, NEW.begins, NEW.ends + clean_down_minutes, NEW.id, TRUE FROM diary_resource AS one
    WHERE one.id IN (NEW.practitioner_id, NEW.room_id, NEW.device_id) OR patient_id = NEW.patient_id
    ORDER BY one.id;
    RETURN NULL;
END $$;

CREATE TRIGGER diary_hold_takes AFTER INSERT ON diary_hold FOR EACH ROW EXECUTE FUNCTION diary_hold_takes();

CREATE OR REPLACE FUNCTION diary_hold_stays() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'diary: a hold stays where it is' USING ERRCODE = 'check_violation';
END $$;

CREATE TRIGGER diary_hold_stays
BEFORE UPDATE OF begins, ends, practitioner_id, room_id, device_id, patient_id ON diary_hold FOR EACH ROW WHEN (
    (NEW.begins, NEW.ends, NEW.practitioner_id, NEW.room_id, NEW.device_id, NEW.patient_id)
    IS DISTINCT FROM (OLD.begins, OLD.ends, OLD.practitioner_id, OLD.room_id, OLD.device_id, OLD.patient_id)
) EXECUTE FUNCTION diary_hold_stays();
"""
