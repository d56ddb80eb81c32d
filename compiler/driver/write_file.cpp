#include "compiler/driver/write_file.h"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <cstdlib>
#include <cstring>
#include <memory>

#include <fmt/format.h>

namespace sodc {

namespace {

std::string Sentence(const std::string& path, int error) {
  return fmt::format("`{}` cannot be written: {}", path, std::strerror(error));
}

bool WriteAll(int descriptor, std::string_view bytes) {
  while (!bytes.empty()) {
    const ssize_t written = ::write(descriptor, bytes.data(), bytes.size());
    if (written < 0 && errno != EINTR) return false;
    if (written > 0) bytes.remove_prefix(static_cast<size_t>(written));
  }
  return true;
}

// A symbolic link is followed, so that the link stays and its target is replaced.
std::string Resolved(const std::string& path) {
  const std::unique_ptr<char, decltype(&std::free)> real(::realpath(path.c_str(), nullptr), &std::free);
  return real ? std::string(real.get()) : path;
}

std::string FolderOf(const std::string& path) {
  const size_t slash = path.rfind('/');
  return slash == std::string::npos ? "." : path.substr(0, slash + 1);
}

std::string WriteDirectly(const std::string& path, std::string_view bytes) {
  const int descriptor = ::open(path.c_str(), O_WRONLY | O_CLOEXEC);
  if (descriptor < 0) return Sentence(path, errno);
  const bool is_written = WriteAll(descriptor, bytes);
  const int error = errno;
  ::close(descriptor);
  return is_written ? "" : Sentence(path, error);
}

// The rename itself must survive a power cut, too.
void SyncFolder(const std::string& folder) {
  const int descriptor = ::open(folder.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC);
  if (descriptor < 0) return;
  ::fsync(descriptor);
  ::close(descriptor);
}

std::string WriteByRename(const std::string& path, std::string_view bytes) {
  const std::string target = Resolved(path);
  std::string temporary = target + ".XXXXXX";
  const int descriptor = ::mkstemp(temporary.data());
  if (descriptor < 0) return Sentence(path, errno);
  const mode_t mask = ::umask(0);
  ::umask(mask);
  bool is_written = WriteAll(descriptor, bytes) && ::fchmod(descriptor, 0666 & ~mask) == 0 && ::fsync(descriptor) == 0;
  int error = errno;
  if (::close(descriptor) != 0 && is_written) {
    is_written = false;
    error = errno;
  }
  if (is_written && ::rename(temporary.c_str(), target.c_str()) == 0) {
    SyncFolder(FolderOf(target));
    return {};
  }
  if (is_written) error = errno;
  ::unlink(temporary.c_str());
  return Sentence(path, error);
}

}  // namespace

std::string WriteFile(const std::string& path, std::string_view bytes, const std::vector<std::string>& inputs) {
  struct stat status {};
  if (::stat(path.c_str(), &status) != 0) return WriteByRename(path, bytes);
  if (S_ISDIR(status.st_mode)) return fmt::format("`{}` is a folder and stays as it is", path);
  for (const std::string& input : inputs) {
    struct stat other {};
    if (::stat(input.c_str(), &other) == 0 && other.st_dev == status.st_dev && other.st_ino == status.st_ino) {
      return fmt::format("`{}` is an input of this command and stays as it is", path);
    }
  }
  return S_ISREG(status.st_mode) ? WriteByRename(path, bytes) : WriteDirectly(path, bytes);
}

}  // namespace sodc
