#include "http/certificates/certificates.h"

#include <openssl/pem.h>
#include <openssl/x509v3.h>

#include <functional>
#include <memory>

namespace runut::testing {
namespace {

template <class T>
using Held = std::unique_ptr<T, void (*)(T*)>;
using HeldKey = Held<EVP_PKEY>;
using HeldCertificate = Held<X509>;

std::string written(const std::function<void(BIO*)>& write) {
  const std::unique_ptr<BIO, int (*)(BIO*)> bio(BIO_new(BIO_s_mem()), BIO_free);
  write(bio.get());
  char* data = nullptr;
  const long size = BIO_get_mem_data(bio.get(), &data);
  return {data, static_cast<std::size_t>(size)};
}

template <class Read>
auto read_from(const std::string& text, Read read) {
  const std::unique_ptr<BIO, int (*)(BIO*)> bio(
      BIO_new_mem_buf(text.data(), static_cast<int>(text.size())), BIO_free);
  return read(bio.get(), nullptr, nullptr, nullptr);
}

void add_name(X509* certificate, const char* kind, const std::string& text) {
  if (text.empty()) return;
  X509_NAME_add_entry_by_txt(X509_get_subject_name(certificate), kind, MBSTRING_UTF8,
                             reinterpret_cast<const unsigned char*>(text.c_str()), -1, -1, 0);
}

void add_extension(X509* certificate, int kind, const std::string& value) {
  X509_EXTENSION* extension = X509V3_EXT_conf_nid(nullptr, nullptr, kind, value.c_str());
  X509_add_ext(certificate, extension, -1);
  X509_EXTENSION_free(extension);
}

}  // namespace

Pem make_certificate(const CertificateSubject& subject, const Pem* authority) {
  static long serial = 0;
  const HeldKey key(EVP_EC_gen("P-256"), EVP_PKEY_free);
  const HeldCertificate certificate(X509_new(), X509_free);
  X509_set_version(certificate.get(), 2);
  ASN1_INTEGER_set(X509_get_serialNumber(certificate.get()), ++serial);
  X509_gmtime_adj(X509_getm_notBefore(certificate.get()), -3600);
  X509_gmtime_adj(X509_getm_notAfter(certificate.get()), 3600);
  X509_set_pubkey(certificate.get(), key.get());
  add_name(certificate.get(), "O", subject.organisation);
  add_name(certificate.get(), "CN", subject.name);
  add_extension(certificate.get(), NID_subject_alt_name, "DNS:" + subject.name);
  if (authority == nullptr) {
    add_extension(certificate.get(), NID_basic_constraints, "critical,CA:TRUE");
    X509_set_issuer_name(certificate.get(), X509_get_subject_name(certificate.get()));
    X509_sign(certificate.get(), key.get(), EVP_sha256());
  } else {
    const HeldCertificate issuer(read_from(authority->certificate, PEM_read_bio_X509), X509_free);
    const HeldKey signer(read_from(authority->key, PEM_read_bio_PrivateKey), EVP_PKEY_free);
    X509_set_issuer_name(certificate.get(), X509_get_subject_name(issuer.get()));
    X509_sign(certificate.get(), signer.get(), EVP_sha256());
  }
  return {written([&](BIO* bio) { PEM_write_bio_X509(bio, certificate.get()); }),
          written([&](BIO* bio) {
            PEM_write_bio_PrivateKey(bio, key.get(), nullptr, nullptr, 0, nullptr, nullptr);
          })};
}

}  // namespace runut::testing
