package vellum.core.order;

import java.time.Duration;
import java.util.List;
import java.util.SortedSet;
import java.util.function.Function;
import java.util.function.Supplier;
import vellum.core.audit.Audit;
import vellum.core.casefile.CaseScope;
import vellum.core.record.MonthId;
import vellum.core.search.ErasedPeriod;
import vellum.core.search.ScopeSearch;
import vellum.core.search.UsageSearch;

/**
 * What the runs of orders need.
 *
 * @param erased what of a scope is no longer held
 * @param vaults of holds, all of which orders may see
 * @param audit written to before a package counts as made
 * @param keepPackages how long a package stays behind its last handing over
 * @param pageRecords most records of a step
 */
public record WorkerParts(
    OrderDesk desk,
    ScopeSearch search,
    UsageSearch usage,
    Function<CaseScope, List<ErasedPeriod>> erased,
    Supplier<SortedSet<MonthId>> vaults,
    Packages packages,
    Audit audit,
    Duration keepPackages,
    int pageRecords) {}
