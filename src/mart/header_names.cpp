#include "mart/header_names.hpp"

#include "text/ascii.hpp"

#include <algorithm>

namespace chr21::mart {
namespace {

struct Known {
    std::string_view header;  // slugged
    std::string_view name;
};

// Wordings of today and of releases before 88 (2017), and BioMart's internal names. "Chromosome" is
// what people make of "Chromosome/scaffold name" by hand.
constexpr std::array gene_columns = {
    Known{"gene_stable_id", "gene_stable_id"},
    Known{"gene_id", "gene_stable_id"},
    Known{"ensembl_gene_id", "gene_stable_id"},
    Known{"gene_name", "gene_name"},
    Known{"associated_gene_name", "gene_name"},
    Known{"external_gene_name", "gene_name"},
    Known{"external_gene_id", "gene_name"},
    Known{"gene_description", "gene_description"},
    Known{"description", "gene_description"},
    Known{"chromosome_scaffold_name", "chromosome"},
    Known{"chromosome_name", "chromosome"},
    Known{"chromosome", "chromosome"},
    Known{"gene_start_bp", "gene_start"},
    Known{"gene_start", "gene_start"},
    Known{"start_position", "gene_start"},
    Known{"gene_end_bp", "gene_end"},
    Known{"gene_end", "gene_end"},
    Known{"end_position", "gene_end"},
    Known{"strand", "strand"},
    Known{"gene_type", "gene_type"},
    Known{"gene_biotype", "gene_type"},
    Known{"biotype", "gene_type"},
};

// Headers of today first, then those of older releases and of other species.
constexpr std::array attributes = {
    Known{"gene_stable_id_version", "ensembl_gene_id_version"},
    Known{"version_gene", "version"},
    Known{"source_gene", "source"},
    Known{"source_of_gene_name", "external_gene_source"},
    Known{"karyotype_band", "band"},
    Known{"gene_gc_content", "percentage_gene_gc_content"},
    Known{"transcript_count", "transcript_count"},
    Known{"gene_synonym", "external_synonym"},
    Known{"transcript_stable_id", "ensembl_transcript_id"},
    Known{"transcript_stable_id_version", "ensembl_transcript_id_version"},
    Known{"version_transcript", "transcript_version"},
    Known{"transcript_start_bp", "transcript_start"},
    Known{"transcript_end_bp", "transcript_end"},
    Known{"transcription_start_site_tss", "transcription_start_site"},
    Known{"transcript_length_including_utrs_and_cds", "transcript_length"},
    Known{"transcript_support_level_tsl", "transcript_tsl"},
    Known{"gencode_basic_annotation", "transcript_gencode_basic"},
    Known{"appris_annotation", "transcript_appris"},
    Known{"ensembl_canonical", "transcript_is_canonical"},
    Known{"refseq_match_transcript_mane_select", "transcript_mane_select"},
    Known{"refseq_match_transcript_mane_plus_clinical", "transcript_mane_plus_clinical"},
    Known{"transcript_name", "external_transcript_name"},
    Known{"source_of_transcript_name", "external_transcript_source_name"},
    Known{"transcript_type", "transcript_biotype"},
    Known{"source_transcript", "transcript_source"},
    Known{"protein_stable_id", "ensembl_peptide_id"},
    Known{"protein_stable_id_version", "ensembl_peptide_id_version"},
    Known{"version_protein", "peptide_version"},
    Known{"exon_stable_id", "ensembl_exon_id"},
    Known{"exon_region_start_bp", "exon_chrom_start"},
    Known{"exon_region_end_bp", "exon_chrom_end"},
    Known{"exon_rank_in_transcript", "rank"},
    Known{"constitutive_exon", "is_constitutive"},
    Known{"start_phase", "phase"},
    Known{"end_phase", "end_phase"},
    Known{"cdna_coding_start", "cdna_coding_start"},
    Known{"cdna_coding_end", "cdna_coding_end"},
    Known{"genomic_coding_start", "genomic_coding_start"},
    Known{"genomic_coding_end", "genomic_coding_end"},
    Known{"cds_start", "cds_start"},
    Known{"cds_end", "cds_end"},
    Known{"cds_length", "cds_length"},
    Known{"5_utr_start", "5_utr_start"},
    Known{"5_utr_end", "5_utr_end"},
    Known{"3_utr_start", "3_utr_start"},
    Known{"3_utr_end", "3_utr_end"},
    Known{"phenotype_description", "phenotype_description"},
    Known{"source_name", "source_name"},
    Known{"study_external_reference", "study_external_id"},
    Known{"strain_name", "strain_name"},
    Known{"strain_gender", "strain_gender"},
    Known{"p_value", "p_value"},
    Known{"go_term_accession", "go_id"},
    Known{"go_term_name", "name_1006"},
    Known{"go_term_definition", "definition_1006"},
    Known{"go_term_evidence_code", "go_linkage_type"},
    Known{"go_domain", "namespace_1003"},
    Known{"goslim_goa_accession_s", "goslim_goa_accession"},
    Known{"goslim_goa_description", "goslim_goa_description"},
    Known{"ccds_id", "ccds"},
    Known{"chembl_id", "chembl"},
    Known{"european_nucleotide_archive_id", "embl"},
    Known{"expression_atlas_id", "arrayexpress"},
    Known{"genecards_id", "genecards"},
    Known{"hgnc_id", "hgnc_id"},
    Known{"hgnc_symbol", "hgnc_symbol"},
    Known{"transcript_name_id", "hgnc_trans_name"},
    Known{"human_protein_atlas_accession", "hpa_accession"},
    Known{"human_protein_atlas_id", "hpa_id"},
    Known{"insdc_protein_id", "protein_id"},
    Known{"lrg_display_in_ensembl_gene_id", "ens_lrg_gene"},
    Known{"lrg_display_in_ensembl_transcript_id", "ens_lrg_transcript"},
    Known{"merops_the_peptidase_database_id", "merops"},
    Known{"mim_gene_description", "mim_gene_description"},
    Known{"mim_gene_accession", "mim_gene_accession"},
    Known{"mim_morbid_description", "mim_morbid_description"},
    Known{"mim_morbid_accession", "mim_morbid_accession"},
    Known{"mirbase_accession", "mirbase_accession"},
    Known{"mirbase_id", "mirbase_id"},
    Known{"mirbase_transcript_name_id", "mirbase_trans_name"},
    Known{"ncbi_gene_formerly_entrezgene_description", "entrezgene_description"},
    Known{"ncbi_gene_formerly_entrezgene_accession", "entrezgene_accession"},
    Known{"ncbi_gene_formerly_entrezgene_id", "entrezgene_id"},
    Known{"entrezgene_transcript_name_id", "entrezgene_trans_name"},
    Known{"pdb_id", "pdb"},
    Known{"reactome_id", "reactome"},
    Known{"reactome_gene_id", "reactome_gene"},
    Known{"reactome_transcript_id", "reactome_transcript"},
    Known{"refseq_mrna_id", "refseq_mrna"},
    Known{"refseq_mrna_predicted_id", "refseq_mrna_predicted"},
    Known{"refseq_ncrna_id", "refseq_ncrna"},
    Known{"refseq_ncrna_predicted_id", "refseq_ncrna_predicted"},
    Known{"refseq_peptide_id", "refseq_peptide"},
    Known{"refseq_peptide_predicted_id", "refseq_peptide_predicted"},
    Known{"rfam_id", "rfam"},
    Known{"rfam_transcript_name_id", "rfam_trans_name"},
    Known{"rnacentral_id", "rnacentral"},
    Known{"ucsc_stable_id", "ucsc"},
    Known{"uniparc_id", "uniparc"},
    Known{"uniprotkb_gene_name_symbol", "uniprot_gn_symbol"},
    Known{"uniprotkb_gene_name_id", "uniprot_gn_id"},
    Known{"uniprotkb_isoform_id", "uniprot_isoform"},
    Known{"uniprotkb_swiss_prot_id", "uniprotswissprot"},
    Known{"uniprotkb_trembl_id", "uniprotsptrembl"},
    Known{"wikigene_description", "wikigene_description"},
    Known{"wikigene_name", "wikigene_name"},
    Known{"wikigene_id", "wikigene_id"},
    Known{"cdd_id", "cdd"},
    Known{"gene3d_id", "gene3d"},
    Known{"panther_id", "hmmpanther"},
    Known{"pfam_id", "pfam"},
    Known{"pirsf_id", "pirsf"},
    Known{"prints_id", "prints"},
    Known{"prosite_patterns_id", "scanprosite"},
    Known{"prosite_profiles_id", "pfscan"},
    Known{"smart_id", "smart"},
    Known{"superfamily_id", "superfamily"},
    Known{"tigrfam_id", "tigrfam"},
    Known{"interpro_id", "interpro"},
    Known{"interpro_short_description", "interpro_short_description"},
    Known{"interpro_description", "interpro_description"},
    Known{"cleavage_site_signalp", "signalp"},
    Known{"transmembrane_helices", "tmhmm"},
    Known{"coiled_coils_ncoils", "ncoils"},
    Known{"low_complexity_seg", "seg"},
    Known{"transcript_id", "ensembl_transcript_id"},
    Known{"ensembl_protein_id", "ensembl_peptide_id"},
    Known{"exon_id", "ensembl_exon_id"},
    Known{"associated_gene_source", "external_gene_source"},
    Known{"associated_gene_db", "external_gene_source"},
    Known{"gc_content", "percentage_gene_gc_content"},
    Known{"associated_transcript_name", "external_transcript_name"},
    Known{"status_gene", "status"},
    Known{"gene_status", "status"},
    Known{"status_transcript", "transcript_status"},
    Known{"entrezgene", "entrezgene_id"},
    Known{"ncbi_gene_id", "entrezgene_id"},
    Known{"entrez_gene_id", "entrezgene_id"},
    Known{"hgnc_id_s", "hgnc_id"},
    Known{"hgnc_curated_gene_name", "hgnc_symbol"},
    Known{"mgi_symbol", "mgi_symbol"},
    Known{"mgi_id", "mgi_id"},
    Known{"mgi_description", "mgi_description"},
    Known{"rgd_symbol", "rgd_symbol"},
    Known{"rgd_id", "rgd_id"},
    Known{"zfin_symbol", "zfin_id_symbol"},
    Known{"zfin_id", "zfin_id_id"},
    Known{"refseq_mrna_e_g_nm_001195597", "refseq_mrna"},
    Known{"refseq_dna_id", "refseq_dna"},
    Known{"refseq_protein_id_e_g_np_001005353", "refseq_peptide"},
    Known{"uniprot_swissprot_accession", "uniprotswissprot"},
    Known{"uniprot_trembl_accession", "uniprotsptrembl"},
    Known{"uniprot_swissprot_id", "uniprotswissprot"},
    Known{"uniprot_genename", "uniprot_gn_symbol"},
    Known{"exon_chr_start_bp", "exon_chrom_start"},
    Known{"exon_chr_end_bp", "exon_chrom_end"},
    Known{"mim_gene_id", "mim_gene_accession"},
    Known{"mim_morbid_id", "mim_morbid_accession"},
    Known{"canonical_transcript_stable_id_s", "canonical_transcript_stable_id"},
    Known{"ensembl_family_id_s", "family"},
    Known{"gene_synonyms", "external_synonym"},
};

}  // namespace

std::string slug(std::string_view header) {
    std::string made;
    bool between_words = false;
    for (const char c : header) {
        if (!text::is_letter(c) && !text::is_digit(c)) {
            between_words = !made.empty();
            continue;
        }
        if (between_words) made += '_';
        between_words = false;
        made += text::lower(c);
    }
    return made;
}

std::optional<Column> find_column(std::string_view header) {
    const auto key = slug(header);
    const auto* const known = std::ranges::find(gene_columns, key, &Known::header);
    if (known == gene_columns.end()) return {};
    const auto* const name = std::ranges::find(column_names, known->name);
    return static_cast<Column>(name - column_names.begin());
}

std::optional<std::string_view> find_attribute(std::string_view header) {
    const auto key = slug(header);
    const auto* known = std::ranges::find(attributes, key, &Known::header);
    if (known == attributes.end()) known = std::ranges::find(attributes, key, &Known::name);
    if (known == attributes.end()) return {};
    return known->name;
}

}  // namespace chr21::mart
