/* What libpq.a refers to and the libpq of the image goes without: GSSAPI and LDAP. Each function
   fails: there is then no ticket to encrypt or log in with, and no service is looked up by LDAP. */

#define FAILS(name) \
    unsigned name(void) { return 13U << 16U; } /* GSS_S_FAILURE; also an LDAP error */
#define GIVES_NOTHING(name) \
    void *name(void) { return 0; }

void *GSS_C_NT_HOSTBASED_SERVICE = 0;
FAILS(gss_acquire_cred)
FAILS(gss_delete_sec_context)
FAILS(gss_display_status)
FAILS(gss_import_name)
FAILS(gss_init_sec_context)
FAILS(gss_release_buffer)
FAILS(gss_release_cred)
FAILS(gss_release_name)
FAILS(gss_unwrap)
FAILS(gss_wrap)
FAILS(gss_wrap_size_limit)

GIVES_NOTHING(ldap_init)
GIVES_NOTHING(ldap_err2string)
GIVES_NOTHING(ldap_first_entry)
GIVES_NOTHING(ldap_get_values_len)
FAILS(ldap_count_entries)
FAILS(ldap_msgfree)
FAILS(ldap_result)
FAILS(ldap_search_st)
FAILS(ldap_set_option)
FAILS(ldap_simple_bind)
FAILS(ldap_unbind)
FAILS(ldap_value_free_len)
