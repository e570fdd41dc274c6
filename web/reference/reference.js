'use strict';

// Swagger UI brings a dark theme but leaves it to the page to turn it on.
const dark = window.matchMedia('(prefers-color-scheme: dark)');
const followColorScheme = () =>
  document.documentElement.classList.toggle('dark-mode', dark.matches);
followColorScheme();
dark.addEventListener('change', followColorScheme);

// Swagger UI names a parameter beside its list of choices, but not to a screen reader.
const reference = document.getElementById('reference');
new MutationObserver(() => {
  for (const select of reference.querySelectorAll('tr[data-param-name] select:not([aria-label])')) {
    select.setAttribute('aria-label', select.closest('tr').dataset.paramName);
  }
}).observe(reference, { childList: true, subtree: true });

if (window.SwaggerUIBundle) {
  window.SwaggerUIBundle({
    url: 'openapi.json',
    domNode: reference,
    deepLinking: true,
    docExpansion: 'list',
    defaultModelsExpandDepth: 0,
    displayRequestDuration: true,
    tryItOutEnabled: true,
    // Its default asks an outside service to validate the document.
    validatorUrl: null,
  });
} else {
  document.querySelector('.notice').textContent =
    'The reference viewer did not load. Reload the page, or read openapi.json instead.';
}
