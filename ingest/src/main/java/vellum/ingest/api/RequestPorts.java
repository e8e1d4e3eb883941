package vellum.ingest.api;

import java.time.InstantSource;
import vellum.core.subject.AnswerParts;
import vellum.core.subject.RequestDesk;
import vellum.core.subject.RequestWorker;
import vellum.core.subject.Restrictions;

/**
 * What answers about people's requests.
 *
 * @param worker makes the answers
 * @param restrictions whose identities are not shown
 * @param parts what answers are made with
 */
public record RequestPorts(
    RequestDesk desk,
    RequestWorker worker,
    Restrictions restrictions,
    AnswerParts parts,
    InstantSource clock) {}
