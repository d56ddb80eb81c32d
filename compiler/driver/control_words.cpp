#include "compiler/driver/control_words.h"

#include <fmt/format.h>

namespace sodc {
namespace {

using sod::ControlEdge;

// For the middle of a sentence: a title that is one itself loses its end.
std::string TitleOf(const ControlEdge& edge) {
  std::string title(edge.title.empty() ? edge.id : edge.title);
  if (title.ends_with('.')) title.pop_back();
  return title;
}

// The last system on the way, "it" for the control itself.
std::string WhatIsKept(const sod::RejectedBecause& because) {
  for (size_t i = because.path.size(); i-- > 0;) {
    const ControlEdge& edge = because.path[i];
    if (edge.kind == "system" || edge.kind == "control") return TitleOf(edge);
  }
  return "it";
}

// ", on which GitLab CI/CD depends": how a system is reached that the control does not name itself.
std::string Way(const sod::RejectedBecause& because) {
  std::string way;
  const ControlEdge* before = nullptr;
  for (const ControlEdge& edge : because.path) {
    if (edge.kind != "system" && edge.kind != "control") break;
    if (before != nullptr) way = fmt::format(", on which {} depends{}", TitleOf(*before), way);
    before = &edge;
  }
  return way;
}

// "what is held by Clerk → Raw writing goes past its systems": a way that the guard does not stand before.
std::string WayPast(const sod::RejectedBecause& because) {
  if (because.path.empty() || because.path.front().id.empty()) return "it is not said on which system it stands";
  std::string way;
  for (const ControlEdge& edge : because.path) way += (way.empty() ? "" : " → ") + TitleOf(edge);
  return fmt::format("what is held by {} goes past its systems", way);
}

}  // namespace

std::string ReasonInWords(const sod::RejectedBecause& because) {
  const std::string who = because.path.empty() ? std::string() : TitleOf(because.path.back());
  const std::string what = WhatIsKept(because);
  switch (because.reason) {
    case sod::Rejection::TakenAway: return because.path.empty() ? "it is taken as not there" : fmt::format("it rests on {}{}, which is taken as not there", what, Way(because));
    case sod::Rejection::NotInForce: return "it is not in force then";
    case sod::Rejection::Planned: return "it is planned and does not exist yet";
    case sod::Rejection::Failed: return "it failed";
    case sod::Rejection::NoClass: return "it neither prevents nor finds anything";
    case sod::Rejection::NoPerformer: return "nobody is named who does it";
    case sod::Rejection::Vacant: {
      const std::string_view kind = because.path.back().kind;
      const bool is_machine = kind == "service" || kind == "tool" || kind == "agent";
      return is_machine ? fmt::format("nobody is declared to control {}", who) : fmt::format("nobody has the post {} yet", who);
    }
    case sod::Rejection::PerformerIsSubject: return fmt::format("{} does it, and nobody else", who);
    case sod::Rejection::ReviewerIsSubject: return fmt::format("{} reviews it, and nobody else", who);
    case sod::Rejection::AdministratorUnknown:
      if (because.path.size() == 1 && because.path[0].edge == "system") return "it is not said what runs it";
      return fmt::format("nobody is named who administers {}{}", what, Way(because));
    case sod::Rejection::AdministratorIsSubject: return fmt::format("{} administers {}{}", who, what, Way(because));
    case sod::Rejection::RecipientUnknown: return "nobody is named whom it tells";
    case sod::Rejection::RecipientIsSubject: return fmt::format("it tells {}, and nobody else", who);
    case sod::Rejection::OperatorIsSubject: return fmt::format("{} operates {}{}", who, what, Way(because));
    case sod::Rejection::NoEvidence: return "no record is named that proves it";
    case sod::Rejection::EvidenceStale: return "its newest record is too old";
    case sod::Rejection::PathUncovered: return WayPast(because);
  }
  return "";
}

std::string_view ClassInWords(sod::ControlClass control_class) {
  switch (control_class) {
    case sod::ControlClass::Preventive: return "it prevents by machine";
    case sod::ControlClass::Independent: return "somebody else sees it";
    case sod::ControlClass::Outside: return "an outside party assures it";
    case sod::ControlClass::None: break;
  }
  return "it has no class";
}

}  // namespace sodc
