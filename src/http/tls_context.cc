#include "http/tls_context.h"

#include <openssl/ssl.h>
#include <openssl/x509.h>

namespace runut::http {
namespace {

tl::unexpected<Error> unusable_tls(std::string field, std::string value, std::string message) {
  return fail(Error{ErrorCode::invalid_input, "http.tls", std::move(field), std::move(value),
                    std::move(message)});
}

// Without a name a session of a client that has shown a certificate could not be taken up again:
// OpenSSL ends the handshake.
void name_sessions(SSL_CTX* context) {
  constexpr std::string_view name = "runut";
  SSL_CTX_set_session_id_context(context, reinterpret_cast<const unsigned char*>(name.data()),
                                 static_cast<unsigned>(name.size()));
}

}  // namespace

Result<std::shared_ptr<boost::asio::ssl::context>> make_tls_context(const TlsOptions& options) {
  using boost::asio::ssl::context;
  if (options.certificate.empty()) {
    for (const std::string& other : {options.key, options.client_authorities})
      if (!other.empty())
        return unusable_tls("tls.certificate", other, "without a certificate there is no TLS");
    return std::shared_ptr<context>();
  }
  auto out = std::make_shared<context>(context::tls_server);
  boost::system::error_code failure;
  const auto refuse = [&](const char* field, const std::string& file) {
    return unusable_tls(field, file, "the PEM file cannot be used: " + failure.message());
  };
  out->set_options(context::default_workarounds | context::no_tlsv1 | context::no_tlsv1_1, failure);
  // A service has nobody to ask for the passphrase of a key.
  out->set_password_callback([](std::size_t, context::password_purpose) { return std::string(); },
                             failure);
  out->use_certificate_chain_file(options.certificate, failure);
  if (failure) return refuse("tls.certificate", options.certificate);
  out->use_private_key_file(options.key, context::pem, failure);
  if (failure) return refuse("tls.key", options.key);
  if (options.client_authorities.empty()) return out;
  out->load_verify_file(options.client_authorities, failure);
  if (failure) return refuse("tls.client_authorities", options.client_authorities);
  out->set_verify_mode(boost::asio::ssl::verify_peer, failure);
  // Told to clients, so that one with several certificates knows which to show.
  SSL_CTX_set_client_CA_list(out->native_handle(),
                             SSL_load_client_CA_file(options.client_authorities.c_str()));
  name_sessions(out->native_handle());
  return out;
}

std::string certificate_subject(SSL* tls) {
  if (SSL_get_verify_result(tls) != X509_V_OK) return {};
  const std::unique_ptr<X509, decltype(&X509_free)> certificate(SSL_get1_peer_certificate(tls),
                                                                &X509_free);
  if (!certificate) return {};
  const std::unique_ptr<BIO, decltype(&BIO_free)> out(BIO_new(BIO_s_mem()), &BIO_free);
  X509_NAME_print_ex(out.get(), X509_get_subject_name(certificate.get()), 0,
                     XN_FLAG_RFC2253 & ~static_cast<unsigned long>(ASN1_STRFLGS_ESC_MSB));
  char* text = nullptr;
  const long size = BIO_get_mem_data(out.get(), &text);
  return {text, static_cast<std::size_t>(size)};
}

}  // namespace runut::http
