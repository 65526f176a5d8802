// A broken network between this process and a broker: every connection is cut as soon as it is
// seen.
#pragma once

#include <arpa/inet.h>
#include <netinet/in.h>
#include <sys/resource.h>
#include <sys/socket.h>

#include <atomic>
#include <chrono>
#include <cstdlib>
#include <string>
#include <thread>

namespace runut::testing_log {

// Requests may have reached the broker by then and their answers not us: outcomes are truly
// unknown.
class NetworkFault {
 public:
  // `address` is host:port; cuts until destroyed.
  explicit NetworkFault(const std::string& address)
      : port_(std::atoi(address.substr(address.rfind(':') + 1).c_str())) {
    getrlimit(RLIMIT_NOFILE, &files_);
    rlimit none = files_;
    none.rlim_cur = 3;  // every new socket fails; what is open stays open
    setrlimit(RLIMIT_NOFILE, &none);
    cut();
    // A connection that was just being made is cut when it is there.
    cutter_ = std::thread([this] {
      while (!over_) {
        cut();
        std::this_thread::sleep_for(std::chrono::milliseconds{2});
      }
    });
  }
  ~NetworkFault() {
    over_ = true;
    cutter_.join();
    setrlimit(RLIMIT_NOFILE, &files_);
  }

 private:
  void cut() const {
    for (int file = 3; file < 512; ++file) {
      sockaddr_in peer{};
      socklen_t size = sizeof peer;
      if (getpeername(file, reinterpret_cast<sockaddr*>(&peer), &size) == 0 &&
          peer.sin_family == AF_INET && ntohs(peer.sin_port) == port_)
        shutdown(file, SHUT_RDWR);
    }
  }
  int port_;
  rlimit files_{};
  std::atomic<bool> over_{false};
  std::thread cutter_;
};

}  // namespace runut::testing_log
