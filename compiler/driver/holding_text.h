// `NAME [at LEVEL] [as CAPACITY] [in SCOPE VALUE and …] [from TIME] [until TIME]`: how the command line writes something
// held or asked for.
#ifndef SODC_DRIVER_HOLDING_TEXT_H_
#define SODC_DRIVER_HOLDING_TEXT_H_

#include <string>
#include <string_view>
#include <vector>

#include "compiler/driver/env.h"
#include "sod/query.h"
#include "sod/table.h"

namespace sodc {

// NAME is a duty or role, or `entitlement` and a declared one or a permission in a system, `entitlement sap "XK01"`:
// declared name, else exact title. A title that holds ` at `
// or ` from ` is tried whole first. Errors: UnknownName, AmbiguousName, BadArgument.
sod::Result<sod::Holding> ParseHolding(const sod::Table& table, std::string_view text);
// As above; a permission that is several entitlements of the policy is a holding of each.
sod::Result<std::vector<sod::Holding>> ParseHoldings(const sod::Table& table, std::string_view text);

// "Pay at level Limited in company=de": what is held or asked for, with what was said of it beside its days; safe for
// a terminal.
std::string HoldingInWords(const sod::Table& table, const sod::Holding& holding);

// "Request for Pay and Post, taking away Count": grants and revocations that are decided together.
std::string RequestInWords(const sod::Table& table, const sod::Request& request);

// The rows of the entitlement called so: a declared name or exact title, or what the policy knows of the
// permission `sap "XK01"`, `sap XK01` or `sap:XK01`: nothing when no rule waits for it. Errors: UnknownName, BadArgument (a pattern).
sod::Result<std::vector<uint32_t>> FindEntitlements(const sod::Table& table, std::string_view text);

// The first instant of a day in the policy's time zone, the first one after it; a month counts
// whole, an instant is itself. Errors: BadArgument.
sod::Result<sod::Instant> ParseFrom(const sod::Table& table, std::string_view text);
sod::Result<sod::Instant> ParseUntil(const sod::Table& table, std::string_view text);

// `company_code 1000 and environment production`: one value of each scope; `*` is all of it.
// Errors: UnknownName, BadArgument.
sod::Result<sod::ScopeBox> ParseScope(const sod::Table& table, std::string_view text);

// A level by name, for a duty; `level` empty = the top one. Errors as FindLevel,
// and BadArgument for a role.
sod::Result<uint32_t> LevelFor(const sod::Table& table, const sod::Entity& held, std::string_view level);

}  // namespace sodc

#endif  // SODC_DRIVER_HOLDING_TEXT_H_
