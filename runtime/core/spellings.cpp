// The words of an answer, as JSON and command lines spell them.
#include "sod/changes.h"
#include "sod/query.h"

namespace sod {

std::string_view SpellingOf(Verdict verdict) {
  constexpr std::string_view kWords[] = {"denied",   "not_evaluable", "needs_approval", "warned",
                                         "observed", "waived",        "mitigated",      "clear"};
  return kWords[static_cast<size_t>(verdict)];
}

std::string_view SpellingOf(ControlClass control_class) {
  constexpr std::string_view kWords[] = {"", "P", "I", "O"};
  return kWords[static_cast<size_t>(control_class)];
}

std::string_view SpellingOf(Rejection reason) {
  constexpr std::string_view kWords[] = {
      "taken_away",            "not_in_force",          "planned",                "failed",             "no_class",             "no_performer",
      "vacant",                "performer_is_subject",   "reviewer_is_subject", "administrator_unknown", "administrator_is_subject",
      "recipient_unknown",     "recipient_is_subject",   "operator_is_subject", "no_evidence",          "evidence_stale",
      "path_uncovered"};
  return kWords[static_cast<size_t>(reason)];
}

std::string_view SpellingOf(WaiverRejection reason) {
  constexpr std::string_view kWords[] = {
      "not_yet_in_force",      "closed",                "expired",            "breaks_rule",            "joined_later",   "outside_scope",    "other_members",
      "approver_is_machine",   "approver_vacant",       "approver_is_beneficiary", "approver_is_requester", "approver_stands_in",
      "control_does_not_count", "review_overdue",       "held_since_later",   "not_the_cause"};
  return kWords[static_cast<size_t>(reason)];
}

std::string_view SpellingOf(ExcuseKind kind) {
  constexpr std::string_view kWords[] = {"waiver", "exemption", "grandfathering", "emergency"};
  return kWords[static_cast<size_t>(kind)];
}

std::string_view SpellingOf(ObligationKind kind) {
  constexpr std::string_view kWords[] = {"obtain_approval", "review_by", "enforce_at_act", "provide_evidence_by"};
  return kWords[static_cast<size_t>(kind)];
}

std::string_view SpellingOf(CauseKind kind) {
  constexpr std::string_view kWords[] = {"assignment", "delegation",   "holding", "rule",      "disabled_rule",   "amended_rule", "control",
                                         "evidence",   "immutability", "waiver",  "exemption", "emergency_review", "condition"};
  return kWords[static_cast<size_t>(kind)];
}

std::string_view SpellingOf(ConditionState state) {
  constexpr std::string_view kWords[] = {"no", "unknown", "depends", "yes"};
  return kWords[static_cast<size_t>(state)];
}

std::string_view SpellingOf(FrameworkStatus status) {
  constexpr std::string_view kWords[] = {"not_met", "not_assessed", "met_with_compensation", "met"};
  return kWords[static_cast<size_t>(status)];
}

}  // namespace sod
