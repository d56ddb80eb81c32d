// The public face of an Image: names, titles and counts.
#include "sod/table.h"

#include <algorithm>
#include <cerrno>
#include <cstdio>
#include <cstring>
#include <utility>

#include "runtime/core/image.h"

namespace sod {
namespace {

struct CloseFile {
  void operator()(std::FILE* file) const { std::fclose(file); }
};

Error CannotRead(const std::string& path, int number) {
  return {ErrorCode::InputOutput, "cannot read `" + path + "`: " + std::strerror(number), ""};
}

Result<std::vector<std::byte>> ReadWhole(const std::string& path) {
  const std::unique_ptr<std::FILE, CloseFile> file(std::fopen(path.c_str(), "rb"));
  if (file == nullptr) return CannotRead(path, errno);
  std::vector<std::byte> bytes;
  size_t filled = 0;
  for (;;) {
    // Grows with what was read, not with what a file claims to hold.
    bytes.resize(std::max<size_t>(filled * 2, 1 << 16));
    const size_t got = std::fread(bytes.data() + filled, 1, bytes.size() - filled, file.get());
    filled += got;
    if (filled > format::kMaxFileBytes) {
      return Error{ErrorCode::LimitExceeded, "`" + path + "` is larger than a table can be, 4 GiB", ""};
    }
    if (filled < bytes.size()) break;
  }
  if (std::ferror(file.get()) != 0) return CannotRead(path, errno);
  bytes.resize(filled);
  return bytes;
}

template <typename Record>
Named NamedOf(const core::Image& image, const Record& record) {
  return {image.Text(record.name), image.Text(record.title)};
}

}  // namespace

Result<Table> Table::Load(std::span<const std::byte> bytes) {
  Result<std::shared_ptr<const core::Image>> image = core::Image::Read(bytes);
  if (!image) return image.error();
  return Table(std::move(image.value()));
}

Result<Table> Table::LoadFile(const std::string& path) {
  const Result<std::vector<std::byte>> bytes = ReadWhole(path);
  if (!bytes) return bytes.error();
  Result<Table> table = Load(bytes.value());
  if (table) return table;
  Error error = table.error();
  error.message = "`" + path + "`: " + error.message;
  return error;
}

std::string Table::table_sha256() const {
  constexpr char kDigits[] = "0123456789abcdef";
  std::string text;
  for (const std::byte byte : image_->digest()) {
    text += kDigits[std::to_integer<unsigned>(byte) >> 4];
    text += kDigits[std::to_integer<unsigned>(byte) & 15];
  }
  return text;
}

std::string_view Table::policy_name() const { return image_->Text(image_->meta().name); }
std::string_view Table::policy_title() const { return image_->Text(image_->meta().title); }
int32_t Table::time_zone() const { return format::TimeZoneOf(image_->meta()); }
uint32_t Table::policy_revision() const { return image_->meta().revision; }
uint32_t Table::language_version() const { return image_->meta().language; }
bool Table::without_people() const { return image_->meta().without_people != 0; }

uint32_t Table::duty_count() const { return static_cast<uint32_t>(image_->Duties().size()); }
uint32_t Table::role_count() const { return static_cast<uint32_t>(image_->Roles().size()); }
uint32_t Table::rule_count() const { return static_cast<uint32_t>(image_->Rules().size()); }
uint32_t Table::actor_count() const { return static_cast<uint32_t>(image_->Actors().size()); }
uint32_t Table::level_count() const { return image_->level_count(); }

Named Table::duty(uint32_t index) const { return NamedOf(*image_, image_->Duties()[index]); }
Named Table::role(uint32_t index) const { return NamedOf(*image_, image_->Roles()[index]); }
Named Table::rule(uint32_t index) const { return NamedOf(*image_, image_->Rules()[index]); }
Named Table::actor(uint32_t index) const { return NamedOf(*image_, image_->Actors()[index]); }

bool Table::actor_is_vacant(uint32_t index) const { return image_->Actors()[index].is_vacant != 0; }

NameKind Table::actor_kind(uint32_t index) const {
  switch (image_->Actors()[index].kind) {
    case format::ActorKind::Person: return NameKind::Person;
    case format::ActorKind::Team: return NameKind::Team;
    case format::ActorKind::External: return NameKind::External;
    case format::ActorKind::Service: return NameKind::Service;
    case format::ActorKind::Tool: return NameKind::Tool;
    case format::ActorKind::Agent: return NameKind::Agent;
  }
  return NameKind::Person;
}

Named Table::level(uint32_t rank) const {
  const format::ScaleRecord& scale = image_->Scales()[image_->meta().access_scale];
  return NamedOf(*image_, image_->ScaleMembers()[scale.members_first + rank]);
}

Named Table::scale_member(uint32_t row) const { return NamedOf(*image_, image_->ScaleMembers()[row]); }

std::span<const std::byte> Table::bytes() const { return image_->bytes(); }

}  // namespace sod
