// Names of a city's offices. Invented people, usual titles.
#pragma once

#include <array>
#include <string_view>

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

inline constexpr std::array<std::string_view, 4> health_centre_names = {"Sukorame", "Pesantren I",
                                                                        "Balowerti", "Ngletih"};

inline constexpr std::string_view heroine_division = "Bidang Penyelenggaraan E-Government";
inline constexpr std::string_view tie_division = "Bidang Pelayanan Pendaftaran Penduduk";

}  // namespace runut::simulation
