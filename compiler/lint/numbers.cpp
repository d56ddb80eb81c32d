// Findings about how many hold a duty or role, as the table answers it.
#include <string>
#include <vector>

#include "compiler/lint/findings.h"
#include "compiler/lint/wording.h"

namespace sodc::lint {
namespace {

// "nobody holds", "3 people hold".
std::string HoldInWords(size_t count) { return count == 0 ? "nobody holds" : count == 1 ? "1 person holds" : std::to_string(count) + " people hold"; }

const model::ProvisionAttribute* AttributeOf(const model::Provision& provision, const HeldNumber& number) {
  const bool is_most = number.is_many || model::FindAttribute(provision.attributes, "holders at least") == nullptr;
  return model::FindAttribute(provision.attributes, is_most ? "holders at most" : "holders at least");
}

std::string StandInsOf(const HeldNumber& number) {
  return number.stand_ins.empty() ? "" : "; who only stands in is not one more: " + ListOf(QuotedAll(number.stand_ins));
}

// "at least 1 and at most 3".
std::string BoundsOf(const model::Provision& provision) {
  std::string words;
  for (const char* end : {"at least", "at most"}) {
    const model::ProvisionAttribute* said = model::FindAttribute(provision.attributes, "holders " + std::string(end));
    if (said != nullptr) words += (words.empty() ? "" : " and ") + std::string(end) + " " + std::to_string(said->values.front().number);
  }
  return words;
}

}  // namespace

void FindNumbersOfHolders(const model::Model& model, const std::vector<HeldNumber>& numbers, Instant as_of, Sink& sink) {
  const std::string day = TimeText(as_of, model.policy.time_zone_seconds);
  for (const HeldNumber& number : numbers) {
    const model::Provision& provision = model.provisions[number.provision];
    const model::ProvisionAttribute* said = AttributeOf(provision, number);
    if (said == nullptr || said->values.empty()) continue;
    const std::string& name = provision.common.name;
    const std::string who = number.holders.empty() ? "" : ": " + ListOf(QuotedAll(number.holders), kMostPlaces);
    const int64_t bound = said->values.front().number;
    if (number.is_few) {
      Diagnose<DiagKind::HoldersTooFew>(said->span, day, HoldInWords(number.count), name, bound, who)
          .Help("assign it to somebody else as well, or say that fewer are enough" + StandInsOf(number))
          .To(sink);
    } else if (number.is_many) {
      Diagnose<DiagKind::HoldersTooMany>(said->span, day, HoldInWords(number.count), name, bound, who)
          .Help("take it away from somebody, also where a role or a team gives it, or say that more may" + StandInsOf(number))
          .To(sink);
    } else {
      Diagnose<DiagKind::HoldersUnknown>(said->span, BoundsOf(provision), name, day, ListOf(number.unknown))
          .Help("declare who owns the account, who is in the team, or what the role grants")
          .To(sink);
    }
  }
}

}  // namespace sodc::lint
