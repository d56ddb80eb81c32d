// How places, states, capacities and entitlements are written on a page. Private to compiler/explain.
#ifndef SODC_EXPLAIN_WORDS_H_
#define SODC_EXPLAIN_WORDS_H_

#include <string>

#include "compiler/model/model.h"

namespace sodc::explain {

// ` in company_code 1000 and environment production, or company_code 2000`; empty everywhere.
std::string InScope(const model::Model& model, const model::Scope& scope);
// ` as approver`, or empty.
std::string AsCapacity(const model::Model& model, model::ScaleMemberId capacity);
std::string AtLevel(const model::Model& model, model::ScaleMemberId level);
// ` from 2026-01-01 until 2026-06-30`, or empty when open on both ends.
std::string During(const model::Model& model, Instant from, Instant until);
// `a, in environment production, eligible until 2026-06-30`: all that is said of a holding.
std::string Conditions(const model::Model& model, const model::Assignment& assignment);
// ` at limited as approver in company_code 1000, if "outside hours"`.
std::string Conditions(const model::Model& model, const model::Grant& grant);
// Name of a duty, a role or an entitlement.
std::string NameOf(const model::Model& model, const std::variant<model::DutyId, model::RoleId, model::EntitlementId>& what);
// `-12.50`, of an integer value.
std::string Number(const model::ProvisionValue& value);
// `xk01 and (f_lfa1 or z_all)`
std::string Expression(const model::Model& model, const model::HoldingExpression& expression);
// What a rule says beside its sides: `in the same company_code, only in environment production, counts active`.
std::string PlacesOf(const model::Model& model, const model::Conflict& conflict);

}  // namespace sodc::explain

#endif  // SODC_EXPLAIN_WORDS_H_
