package vellum.core.subject;

import java.time.InstantSource;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import vellum.core.audit.Audit;
import vellum.core.crypto.KeyRing;
import vellum.core.journal.OwnStream;
import vellum.core.period.UsageFinder;
import vellum.core.policy.RetentionPolicy;
import vellum.core.search.Reach;
import vellum.core.search.ScopeSearch;

/**
 * What answers are made with.
 *
 * @param reach which vaults a person's answer may be out of: those of holds that are no secret
 * @param policy the one in force
 * @param erasures erases people; worked by who makes the answers
 * @param corrections the server's stream that brings corrected records
 * @param journaled journal sequence of the last batch that is durable
 * @param applied journal sequence up to which look-ups see everything
 */
public record AnswerParts(
    ScopeSearch search,
    Supplier<Reach> reach,
    UsageFinder usage,
    KeyRing keys,
    Supplier<RetentionPolicy> policy,
    AnswerTexts texts,
    Parcels parcels,
    ErasureWorker erasures,
    Supplier<OwnStream> corrections,
    LongSupplier journaled,
    LongSupplier applied,
    Audit audit,
    InstantSource clock) {}
