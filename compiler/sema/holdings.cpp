#include "compiler/sema/holdings.h"

namespace sodc::sema {
namespace {

using ast::AttributeKind;
using model::HoldingState;

constexpr Word<HoldingState> kStates[] = {{"active", HoldingState::Active},
                                          {"eligible", HoldingState::Eligible},
                                          {"requested", HoldingState::Requested},
                                          {"suspended", HoldingState::Suspended},
                                          {"emergency", HoldingState::Emergency}};

}  // namespace

HoldingState StateOf(const ast::Attribute* attribute) {
  const auto path = FirstPath(attribute);
  for (const Word<HoldingState>& word : kStates) {
    if (path && word.text == path->Joined()) return word.value;
  }
  return HoldingState::Active;  // the grammar knows no other words
}

std::optional<uint32_t> CountingOf(Context& context, const Attributes& attributes) {
  if (Find(attributes, AttributeKind::Counting) == nullptr) return std::nullopt;
  uint32_t counting = 0;
  bool is_usable = true;
  ForEachPath(attributes, AttributeKind::Counting, [&](const NamePath& path) {
    const auto state = WordOf(context, path, "state of a holding", kStates);
    is_usable &= state.has_value();
    if (!state) return;
    if (*state == HoldingState::Suspended) {
      is_usable = false;
      Diagnose<DiagKind::SuspendedCounted>(path.span)
          .Help("leave it out: what is suspended cannot be used until it is active again")
          .To(context.sink);
      return;
    }
    if ((counting & model::MaskOf(*state)) != 0) ReportListedTwice(context, path);
    counting |= model::MaskOf(*state);
  });
  return is_usable ? std::optional(counting) : std::nullopt;
}

}  // namespace sodc::sema
