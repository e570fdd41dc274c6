#include "tests/databases/certificates.hpp"

#include "tests/databases/process.hpp"

#include <fstream>

namespace chr21::testing {
namespace {

void openssl(const std::string& folder, const std::string& arguments) {
    const auto program = find_program({"/usr/bin/openssl", "/usr/local/bin/openssl"});
    run(command_of(program, arguments, folder), "", folder + "/openssl.log");
}

}  // namespace

void make_certificates(const std::string& folder) {
    std::ofstream(folder + "/names") << "subjectAltName=DNS:localhost\n";
    openssl(folder,
            "req -x509 -newkey ec -pkeyopt ec_paramgen_curve:P-256 -nodes -days 2 -subj /CN=root "
            "-keyout @root.key "
            "-out @root.pem");
    openssl(folder,
            "req -x509 -newkey ec -pkeyopt ec_paramgen_curve:P-256 -nodes -days 2 -subj /CN=other "
            "-keyout @other_root.key "
            "-out @other_root.pem");
    openssl(folder,
            "req -newkey ec -pkeyopt ec_paramgen_curve:P-256 -nodes -subj /CN=localhost -keyout "
            "@server.key "
            "-out @server.csr");
    openssl(folder,
            "x509 -req -in @server.csr -CA @root.pem -CAkey @root.key -CAcreateserial -days 2 "
            "-extfile @names -out @server.pem");
}

}  // namespace chr21::testing
