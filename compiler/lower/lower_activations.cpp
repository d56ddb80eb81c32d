// Uses of emergencies, with what they do not keep of them.
#include "compiler/lower/builder.h"
#include "compiler/model/activations.h"

namespace sodc::lower {
namespace {

std::string Joined(const std::vector<std::string>& sentences) {
  std::string text;
  for (const std::string& sentence : sentences) text += (text.empty() ? "" : "; ") + sentence;
  return text;
}

}  // namespace

// What nobody used gave nobody anything: without people there is none.
void LowerActivations(Builder& builder) {
  if (!builder.options.with_people || !model::HasProvision(builder.model, "activation")) return;
  const model::Waivers people(builder.model);
  TableImage& image = builder.image;
  for (const model::Activation& activation : model::ActivationsOf(builder.model, people)) {
    const model::Common& common = builder.model.provisions[activation.provision].common;
    format::ActivationRecord record;
    record.from = activation.from;
    record.until = activation.until;
    record.review_due = activation.review_due;
    record.reviewed = activation.reviewed;
    record.name = builder.Text(common.name);
    record.title = builder.Text(common.title);
    record.description = builder.Text(common.description);
    record.reason = builder.Text(activation.reason);
    record.ticket = builder.Text(activation.ticket);
    record.note = builder.Text(activation.note);
    record.breaks = builder.Text(Joined(activation.breaches));
    record.user = builder.ActorRow(activation.user);
    record.reviewer = builder.ActorRow(activation.reviewer);
    record.holdings_first = Begin(image.ActivationHoldings);
    // Rows of assignments are those of the model.
    for (const uint32_t row : activation.assignments) image.ActivationHoldings.push_back({row});
    record.holdings_count = CountSince(image.ActivationHoldings, record.holdings_first);
    record.barred_first = Begin(image.ActivationBarred);
    for (const model::Activation::Barred& barred : activation.barred) {
      image.ActivationBarred.push_back({Builder::Row(barred.conflict), builder.Text(barred.words)});
    }
    record.barred_count = CountSince(image.ActivationBarred, record.barred_first);
    builder.Place(record, common.span);
    image.Activations.push_back(record);
  }
}

}  // namespace sodc::lower
