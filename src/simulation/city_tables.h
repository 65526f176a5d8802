// A city's offices and posts. Invented people, usual titles.
#pragma once

#include <array>
#include <string_view>

#include "domain/vocabulary.h"

namespace runut::simulation {

enum class OfficeKind { secretariat, department, agency, district };

struct OfficeName {
  OfficeKind kind;
  std::string_view code;
  std::string_view name;
  std::string_view head;
};

// In the order in which a growing city gets them; the first four carry the planted stories.
inline constexpr std::array<OfficeName, 28> office_names = {{
    {OfficeKind::secretariat, "SETDA", "Sekretariat Daerah", "Sekretaris Daerah"},
    {OfficeKind::agency, "BKPSDM", "Badan Kepegawaian dan Pengembangan Sumber Daya Manusia",
     "Kepala BKPSDM"},
    {OfficeKind::department, "DISKOMINFO", "Dinas Komunikasi dan Informatika",
     "Kepala Dinas Komunikasi dan Informatika"},
    {OfficeKind::department, "DISPENDUKCAPIL", "Dinas Kependudukan dan Pencatatan Sipil",
     "Kepala Dinas Kependudukan dan Pencatatan Sipil"},
    {OfficeKind::department, "DINKES", "Dinas Kesehatan", "Kepala Dinas Kesehatan"},
    {OfficeKind::district, "KEC-MOJOROTO", "Kecamatan Mojoroto", "Camat Mojoroto"},
    {OfficeKind::agency, "BPPKAD", "Badan Pendapatan, Pengelolaan Keuangan dan Aset Daerah",
     "Kepala BPPKAD"},
    {OfficeKind::department, "DISDIK", "Dinas Pendidikan", "Kepala Dinas Pendidikan"},
    {OfficeKind::district, "KEC-KOTA", "Kecamatan Kota", "Camat Kota"},
    {OfficeKind::department, "DPUPR", "Dinas Pekerjaan Umum dan Penataan Ruang",
     "Kepala Dinas Pekerjaan Umum dan Penataan Ruang"},
    {OfficeKind::district, "KEC-PESANTREN", "Kecamatan Pesantren", "Camat Pesantren"},
    {OfficeKind::department, "DINSOS", "Dinas Sosial", "Kepala Dinas Sosial"},
    {OfficeKind::department, "DISHUB", "Dinas Perhubungan", "Kepala Dinas Perhubungan"},
    {OfficeKind::agency, "BAPPEDA", "Badan Perencanaan Pembangunan Daerah", "Kepala Bappeda"},
    {OfficeKind::department, "DISPERDAGIN", "Dinas Perdagangan dan Perindustrian",
     "Kepala Dinas Perdagangan dan Perindustrian"},
    {OfficeKind::department, "DLHKP", "Dinas Lingkungan Hidup, Kebersihan dan Pertamanan",
     "Kepala Dinas Lingkungan Hidup, Kebersihan dan Pertamanan"},
    {OfficeKind::department, "SATPOLPP", "Satuan Polisi Pamong Praja",
     "Kepala Satuan Polisi Pamong Praja"},
    {OfficeKind::agency, "INSPEKTORAT", "Inspektorat", "Inspektur"},
    {OfficeKind::department, "DPMPTSP", "Dinas Penanaman Modal dan Pelayanan Terpadu Satu Pintu",
     "Kepala DPMPTSP"},
    {OfficeKind::department, "DISPERKIM", "Dinas Perumahan dan Kawasan Permukiman",
     "Kepala Dinas Perumahan dan Kawasan Permukiman"},
    {OfficeKind::department, "DKPP", "Dinas Ketahanan Pangan dan Pertanian",
     "Kepala Dinas Ketahanan Pangan dan Pertanian"},
    {OfficeKind::department, "DISBUDPARPORA",
     "Dinas Kebudayaan, Pariwisata, Kepemudaan dan Olahraga", "Kepala Disbudparpora"},
    {OfficeKind::department, "DINKOPUMTK", "Dinas Koperasi, Usaha Mikro dan Tenaga Kerja",
     "Kepala Dinas Koperasi, Usaha Mikro dan Tenaga Kerja"},
    {OfficeKind::department, "DP3AP2KB",
     "Dinas Pemberdayaan Perempuan, Perlindungan Anak dan Keluarga Berencana", "Kepala DP3AP2KB"},
    {OfficeKind::department, "ARPUS", "Dinas Perpustakaan dan Kearsipan",
     "Kepala Dinas Perpustakaan dan Kearsipan"},
    {OfficeKind::agency, "BPBD", "Badan Penanggulangan Bencana Daerah", "Kepala Pelaksana BPBD"},
    {OfficeKind::agency, "KESBANGPOL", "Badan Kesatuan Bangsa dan Politik",
     "Kepala Badan Kesatuan Bangsa dan Politik"},
    {OfficeKind::secretariat, "SETWAN", "Sekretariat Dewan Perwakilan Rakyat Daerah",
     "Sekretaris DPRD"},
}};

inline constexpr std::array<std::string_view, 6> bureau_names = {
    "Hukum",        "Organisasi",           "Pemerintahan",
    "Perekonomian", "Kesejahteraan Rakyat", "Pengadaan Barang dan Jasa"};

inline constexpr std::array<std::string_view, 10> division_names = {
    "Perencanaan dan Pelaporan", "Layanan Publik", "Data dan Informasi", "Pengendalian",
    "Sarana dan Prasarana",      "Pemberdayaan",   "Pengawasan",         "Pengembangan",
    "Pembinaan Teknis",          "Kerja Sama"};

inline constexpr std::array<std::string_view, 18> village_names = {
    "Bandar Lor", "Bandar Kidul", "Banjarmelati", "Campurejo", "Gayam",    "Lirboyo",
    "Bujel",      "Sukorame",     "Pojok",        "Tamanan",   "Ngampel",  "Mrican",
    "Balowerti",  "Setonopande",  "Dandangan",    "Ngadirejo", "Semampir", "Manisrenggo"};

inline constexpr std::array<std::string_view, 24> school_names = {
    "SD Negeri Burengan 2",   "SMP Negeri 1", "SD Negeri Banjaran 4",  "SD Negeri Mojoroto 1",
    "SD Negeri Setonopande",  "SMP Negeri 4", "SD Negeri Ngronggo 2",  "SD Negeri Semampir 3",
    "SD Negeri Pesantren 1",  "SMP Negeri 8", "SD Negeri Campurejo 1", "SD Negeri Lirboyo 2",
    "SD Negeri Sukorame 3",   "SMP Negeri 2", "SD Negeri Tosaren 2",   "SD Negeri Blabak 1",
    "SD Negeri Bandar Lor 2", "SMP Negeri 6", "SD Negeri Gayam 1",     "SD Negeri Mrican 2",
    "SD Negeri Dandangan 1",  "SMP Negeri 3", "SD Negeri Balowerti 1", "SD Negeri Ngletih"};

inline constexpr std::array<std::string_view, 4> health_centre_names = {"Sukorame", "Pesantren I",
                                                                        "Balowerti", "Ngletih"};

struct Rank {  // what a kind of post usually looks like
  std::uint32_t job_class;
  Echelon echelon;
  PositionKind kind;
  std::string_view grade;
};
struct Job {
  std::string_view post;
  Rank rank;
  EmploymentStatus status = EmploymentStatus::pns;
};
constexpr Rank executor(std::uint32_t job_class, std::string_view grade) {
  return {job_class, Echelon::staff, PositionKind::executor, grade};
}
constexpr Rank functional(std::uint32_t job_class, std::string_view grade) {
  return {job_class, Echelon::staff, PositionKind::functional, grade};
}

inline constexpr std::array<Job, 10> office_jobs = {
    {{"Pengadministrasi Umum", executor(5, "II/c")},
     {"Pengelola Data", executor(6, "II/d")},
     {"Pengelola Layanan Operasional", executor(6, "II/d")},
     {"Penyusun Rencana Kegiatan", executor(7, "III/a")},
     {"Analis Kebijakan", executor(7, "III/b")},
     {"Pranata Komputer Ahli Pertama", functional(8, "III/b")},
     {"Analis Ahli Pertama", functional(8, "III/a")},
     {"Analis Ahli Muda", functional(9, "III/d")},
     {"Penyuluh Ahli Pertama", functional(8, "PPPK IX"), EmploymentStatus::pppk},
     {"Pelaksana Terampil", functional(6, "PPPK VII"), EmploymentStatus::pppk}}};
inline constexpr std::array<Job, 9> school_jobs = {
    {{"Guru Ahli Pertama", functional(8, "III/a")},
     {"Guru Ahli Pertama", functional(8, "III/b")},
     {"Guru Ahli Muda", functional(9, "III/c")},
     {"Guru Ahli Muda", functional(9, "III/d")},
     {"Guru Ahli Madya", functional(11, "IV/a")},
     {"Guru Ahli Pertama", functional(8, "PPPK IX"), EmploymentStatus::pppk},
     {"Guru Ahli Pertama", functional(8, "PPPK IX"), EmploymentStatus::pppk},
     {"Pengadministrasi Umum", executor(5, "II/c")},
     {"Pustakawan Terampil", functional(6, "II/d")}}};
inline constexpr std::array<Job, 9> health_jobs = {
    {{"Perawat Terampil", functional(6, "II/d")},
     {"Perawat Ahli Pertama", functional(8, "III/a")},
     {"Bidan Terampil", functional(6, "II/d")},
     {"Bidan Mahir", functional(7, "III/b")},
     {"Dokter Ahli Pertama", functional(9, "III/b")},
     {"Dokter Ahli Muda", functional(10, "III/d")},
     {"Apoteker Ahli Pertama", functional(8, "III/b")},
     {"Perawat Terampil", functional(6, "PPPK VII"), EmploymentStatus::pppk},
     {"Pengadministrasi Umum", executor(5, "II/c")}}};

inline constexpr std::string_view heroine_division = "Bidang Penyelenggaraan E-Government";
inline constexpr std::string_view tie_division = "Bidang Pelayanan Pendaftaran Penduduk";

}  // namespace runut::simulation
