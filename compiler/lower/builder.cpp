#include "compiler/lower/builder.h"

#include <algorithm>

#include <llvm/ADT/ArrayRef.h>
#include <llvm/Support/SHA256.h>

#include "compiler/lower/evidence.h"

namespace sodc::lower {

Builder::Builder(const model::Model& model_arg, const SourceManager& sources_arg,
                 const LowerOptions& options_arg)
    : model(model_arg), sources(sources_arg), options(options_arg) {
  text_indices_.try_emplace("", 0);
  if (model.access_scale.is_valid()) {
    top_rank_ = static_cast<uint32_t>(model.scales[model.access_scale].members.size()) - 1;
  }
  NumberActors();
  NumberControls();
  AddSources();
}

void Builder::NumberActors() {
  uint32_t next = 0;
  for (const model::Actor& actor : model.actors) {
    const bool is_kept = options.with_people || actor.kind != model::ActorKind::Person;
    actor_rows_.push_back(is_kept ? next++ : format::kNone);
  }
}

// A control of the library says what a platform can do. In a policy it means something
// once something names it; documents would print the others as plans of the house.
void Builder::NumberControls() {
  uint32_t next = 0;
  for (const model::Control& control : model.controls) {
    const bool is_kept = control.common.is_own || control.is_named;
    control_rows_.push_back(is_kept ? next++ : format::kNone);
  }
}

void Builder::AddSources() {
  for (const FileId file : model.files) {
    file_rows_[file.index] = Begin(image.Sources);
    const SourceFile& source = sources.file(file);
    format::SourceRecord record;
    record.path = Text(source.path);
    const auto digest = llvm::SHA256::hash(llvm::ArrayRef<uint8_t>(
        reinterpret_cast<const uint8_t*>(source.text.data()), source.text.size()));
    std::ranges::copy(digest, record.sha256);
    image.Sources.push_back(record);
  }
}

uint32_t Builder::Text(std::string_view text) {
  const auto [place, is_new] =
      text_indices_.try_emplace(text, static_cast<uint32_t>(image.strings.size()));
  if (is_new) image.strings.emplace_back(text);
  return place->second;
}

uint32_t Builder::ActorRow(model::ActorId id) const {
  return id.is_valid() ? actor_rows_[id.index] : format::kNone;
}

uint32_t Builder::ControlRow(model::ControlId id) const {
  return id.is_valid() ? control_rows_[id.index] : format::kNone;
}

uint32_t Builder::Rank(model::ScaleMemberId level) const {
  return level.is_valid() ? model.scale_members[level].rank : top_rank_;
}

uint32_t Builder::TriggerRank(model::ScaleMemberId trigger) const {
  return trigger.is_valid() ? model.scale_members[trigger].rank : 0;
}

void Builder::ActorRange(const std::vector<model::ActorId>& actors, std::vector<format::ActorRefRecord>& section,
                         uint32_t& first, uint32_t& count) const {
  first = Begin(section);
  for (const model::ActorId actor : actors) {
    if (HasActor(actor)) section.push_back({ActorRow(actor)});
  }
  count = CountSince(section, first);
}

void Builder::ControlRange(const std::vector<model::ControlId>& controls, std::vector<format::ControlRefRecord>& section,
                           uint32_t& first, uint32_t& count) const {
  first = Begin(section);
  for (const model::ControlId control : controls) section.push_back({ControlRow(control)});
  count = CountSince(section, first);
}

void Builder::ImmutableRange(const std::vector<model::ImmutableAgainst>& against, const model::Duration& cadence,
                             std::vector<format::ImmutableAgainstRecord>& section, uint32_t& first, uint32_t& count) {
  first = Begin(section);
  for (const model::ImmutableAgainst& item : against) {
    format::ImmutableAgainstRecord record;
    if (const auto* actor = std::get_if<model::ActorId>(&item.whom)) {
      record.actor = ActorRow(*actor);
      if (record.actor == format::kNone) continue;
    }
    if (const auto* group = std::get_if<model::GroupId>(&item.whom)) record.group = Row(*group);
    if (item.evidence) SetEvidence(*this, *item.evidence, cadence, record);
    section.push_back(record);
  }
  count = CountSince(section, first);
}

void Builder::TextRange(const std::vector<std::string>& texts,
                        std::vector<format::TextRecord>& section, uint32_t& first,
                        uint32_t& count) {
  first = Begin(section);
  for (const std::string& text : texts) section.push_back({Text(text)});
  count = CountSince(section, first);
}

format::Mode FileValue(model::Mode mode) {
  switch (mode) {
    case model::Mode::Observe:
      return format::Mode::Observe;
    case model::Mode::Warn:
      return format::Mode::Warn;
    case model::Mode::Approve:
      return format::Mode::Approve;
    case model::Mode::Deny:
      return format::Mode::Deny;
  }
  return format::Mode::Deny;
}

format::Modality FileValue(model::Modality modality) {
  switch (modality) {
    case model::Modality::Must:
      return format::Modality::Must;
    case model::Modality::Should:
      return format::Modality::Should;
  }
  return format::Modality::Must;
}

}  // namespace sodc::lower
