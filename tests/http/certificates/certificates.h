// Certificates for tests, made by OpenSSL's library: authorities and what they sign.
#pragma once

#include <string>

namespace runut::testing {

struct Pem {
  std::string certificate;
  std::string key;
};

struct CertificateSubject {
  std::string name;            // CN, and the host that it is for
  std::string organisation{};  // O
};

// Valid from an hour ago for an hour. Signed by `authority`; null: by itself, and an authority.
[[nodiscard]] Pem make_certificate(const CertificateSubject& subject,
                                   const Pem* authority = nullptr);

}  // namespace runut::testing
