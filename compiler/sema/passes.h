// The passes of Check, each named by what is true after it. Private to
// compiler/sema; check.cpp runs them in this order.
#ifndef SODC_SEMA_PASSES_H_
#define SODC_SEMA_PASSES_H_

#include "compiler/sema/context.h"

namespace sodc::sema {

void CollectNames(Context& context);       // every name is declared, every row exists
void RefuseNotYetChecked(Context& context);  // what no pass looks at is an error
bool IsCarried(ast::DeclarationKind kind); // whether a pass looks at such declarations
void CheckAttributes(Context& context);    // every attribute stands where and as often as the schema says
void ResolveTimeZone(Context& context);    // where days begin
void ResolveScales(Context& context);      // scales have members; the risk and access scales are known
void ResolveScopes(Context& context);      // dimensions have their values, leaves are numbered
void ResolvePatternWords(Context& context);  // how systems write patterns
void ResolveEntitlements(Context& context);  // declared ones: their system, names, conditions
void ResolveDuties(Context& context);      // classes, tags, letters
void ResolveRoles(Context& context);       // tags; includes are acyclic
void GrantDuties(Context& context, const Symbol& role);  // what one role grants is expanded
void ExpandGroups(Context& context);       // groups have their members, roles their grants
void ResolveSystems(Context& context);
void ResolveAccounts(Context& context);    // each has one owner, or is shared by all who list it
void ResolveActors(Context& context);      // members of teams, who acts as what, who controls whom
void ResolveForeignIds(Context& context);  // what other systems call things; one thing a name
void ResolveFrameworks(Context& context);  // clauses
void ResolveControls(Context& context);
void ResolveControlEdges(Context& context);  // what independence is judged by, and which controls cover what
void ResolvePolicy(Context& context);      // head facts, defaults of mode and risk
void CollectRules(Context& context);       // separations, restrictions, conflicts, compatible pairs
void CollectAssignments(Context& context);
void CollectDelegations(Context& context);
void CheckDelegations(Context& context);    // what is delegated further may be; after MatchEntitlements
void CollectClaims(Context& context);
void CollectDerivations(Context& context);  // which entitlements confer what; acyclic
void CollectFindingSettings(Context& context);  // severities and allowances of findings
void CheckCadences(Context& context);      // what waits for an event has no date
void RefuseImpossible(Context& context);  // what must end is no circle; there may be as many holders as there must be
void CarryProvisions(Context& context);  // what is carried and not judged is typed
void MatchEntitlements(Context& context);  // which entitlements each one stands for; all raw ones are known
void CheckSingles(Context& context);       // no role grants what is forbidden or reserved
void CheckWaivers(Context& context);       // what they are narrowed to; after CarryProvisions
void CheckReviews(Context& context);       // their days; after CarryProvisions
void CheckSessionTests(Context& context);  // one question each; after CarryProvisions
void CollectActivations(Context& context);  // after CarryProvisions
void CopyEnforcement(Context& context);    // rules have what their levels say
void RecordAmendments(Context& context);   // amendments say what rules were before
void CollectConditions(Context& context);  // of rules, their modes and what they require; after RecordAmendments
void BuildDocuments(Context& context);     // live values are filled in
void ReportUnknownNames(Context& context); // each once, with every place

}  // namespace sodc::sema

#endif  // SODC_SEMA_PASSES_H_
