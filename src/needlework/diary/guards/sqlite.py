"""The diary's guards on SQLite, which has one writer at a time and so needs no locks.

No row is longer than a day: what overlaps a row begins less than 1440 minutes before it, a range of the index.
"""

OCCUPANCY = """
CREATE TRIGGER diary_occupancy_never_twice_insert BEFORE INSERT ON diary_occupancy
BEGIN
    SELECT RAISE(ABORT, 'diary: only a practitioner and a room are overbooked')
    FROM diary_resource WHERE id = NEW.resource_id AND NOT NEW.exclusive AND kind NOT IN ('practitioner', 'room');
    SELECT RAISE(ABORT, 'diary: this time is taken')
    FROM diary_occupancy WHERE NEW.exclusive AND resource_id = NEW.resource_id
    AND begins < NEW.ends AND begins > NEW.begins - 1440 AND ends > NEW.begins;
END;

CREATE TRIGGER diary_occupancy_never_twice_update
BEFORE UPDATE OF resource_id, begins, ends, exclusive ON diary_occupancy
BEGIN
    SELECT RAISE(ABORT, 'diary: only a practitioner and a room are overbooked')
    FROM diary_resource WHERE id = NEW.resource_id AND NOT NEW.exclusive AND kind NOT IN ('practitioner', 'room');
    SELECT RAISE(ABORT, 'diary: this time is taken')
    FROM diary_occupancy WHERE NEW.exclusive AND resource_id = NEW.resource_id AND id <> NEW.id
    AND begins < NEW.ends AND begins > NEW.begins - 1440 AND ends > NEW.begins;
END;
"""

_PERSON_HAS_A_ROW = """
    SELECT RAISE(ABORT, 'diary: the person has no row among the resources yet') WHERE NOT EXISTS (
        SELECT 1 FROM diary_resource
        WHERE patient_id = NEW.patient_id OR NEW.patient_id IS NULL AND visitor_id = NEW.visitor_id
    );
"""

APPOINTMENT = """
CREATE TRIGGER diary_appointment_follows BEFORE UPDATE OF state, begins, ends ON diary_appointment
BEGIN
    SELECT RAISE(ABORT, 'diary: this state does not follow that one')
    WHERE NEW.state <> OLD.state AND (OLD.state, NEW.state) NOT IN (VALUES
        ('booked', 'arrived'), ('booked', 'attended'), ('booked', 'no-show'), ('booked', 'cancelled'),
        ('arrived', 'booked'), ('arrived', 'attended'), ('arrived', 'no-show'), ('arrived', 'cancelled'),
        ('attended', 'arrived'), ('no-show', 'arrived'), ('no-show', 'booked')
    );
    SELECT RAISE(ABORT, 'diary: a cancelled appointment stays as it was')
    WHERE OLD.state = 'cancelled' AND (NEW.begins, NEW.ends) IS NOT (OLD.begins, OLD.ends);
END;

CREATE TRIGGER diary_appointment_takes AFTER INSERT ON diary_appointment WHEN NEW.state <> 'cancelled'
BEGIN
    [person has a row]
    INSERT INTO diary_occupancy (resource_id, begins, ends, appointment_id, exclusive)
    SELECT id, NEW.begins, NEW.ends + clean_down_minutes, NEW.id,
        NOT (NEW.overbooked AND kind IN ('practitioner', 'room'))
    FROM diary_resource WHERE id IN (NEW.practitioner_id, NEW.room_id, NEW.device_id)
    OR patient_id = NEW.patient_id OR NEW.patient_id IS NULL AND visitor_id = NEW.visitor_id;
END;

CREATE TRIGGER diary_appointment_carries
AFTER UPDATE OF begins, ends, practitioner_id, room_id, device_id, patient_id, visitor_id, overbooked
ON diary_appointment WHEN NEW.state <> 'cancelled'
BEGIN
    [person has a row]
    DELETE FROM diary_occupancy WHERE appointment_id = NEW.id AND resource_id NOT IN (
        SELECT id FROM diary_resource WHERE id IN (NEW.practitioner_id, NEW.room_id, NEW.device_id)
        OR patient_id = NEW.patient_id OR NEW.patient_id IS NULL AND visitor_id = NEW.visitor_id
    );
    UPDATE diary_occupancy SET begins = NEW.begins, ends = ends + NEW.ends - OLD.ends, exclusive = (
        SELECT NOT (NEW.overbooked AND kind IN ('practitioner', 'room')) FROM diary_resource WHERE id = resource_id
    )
    WHERE appointment_id = NEW.id
    AND (NEW.begins, NEW.ends, NEW.overbooked) IS NOT (OLD.begins, OLD.ends, OLD.overbooked);
    INSERT INTO diary_occupancy (resource_id, begins, ends, appointment_id, exclusive)
    SELECT id, NEW.begins, NEW.ends + clean_down_minutes, NEW.id,
        NOT (NEW.overbooked AND kind IN ('practitioner', 'room'))
    FROM diary_resource WHERE (
        id IN (NEW.practitioner_id, NEW.room_id, NEW.device_id)
        OR patient_id = NEW.patient_id OR NEW.patient_id IS NULL AND visitor_id = NEW.visitor_id
    ) AND id NOT IN (SELECT resource_id FROM diary_occupancy WHERE appointment_id = NEW.id);
END;

CREATE TRIGGER diary_appointment_frees AFTER UPDATE OF state ON diary_appointment WHEN NEW.state = 'cancelled'
BEGIN
    DELETE FROM diary_occupancy WHERE appointment_id = NEW.id;
END;
""".replace("[person has a row]", _PERSON_HAS_A_ROW.strip())

HOLD = """
CREATE TRIGGER diary_hold_takes AFTER INSERT ON diary_hold
BEGIN
    INSERT INTO diary_occupancy (resource_id, begins, ends, hold_id, exclusive)
    SELECT id, NEW.begins, NEW.ends + clean_down_minutes, NEW.id, TRUE
    FROM diary_resource WHERE id IN (NEW.practitioner_id, NEW.room_id, NEW.device_id) OR patient_id = NEW.patient_id;
END;

CREATE TRIGGER diary_hold_stays
BEFORE UPDATE OF begins, ends, practitioner_id, room_id, device_id, patient_id ON diary_hold
WHEN (NEW.begins, NEW.ends, NEW.practitioner_id, NEW.room_id, NEW.device_id, NEW.patient_id)
IS NOT (OLD.begins, OLD.ends, OLD.practitioner_id, OLD.room_id, OLD.device_id, OLD.patient_id)
BEGIN
    SELECT RAISE(ABORT, 'diary: a hold stays where it is');
END;
"""
