// The token stays in this tab's memory: it is never stored, and goes nowhere but to this server.
'use strict';

const input = document.getElementById('token');
const state = document.getElementById('token-state');
let root;

function claimsOf(token) {
  try {
    return JSON.parse(atob(token.split('.')[1].replace(/-/g, '+').replace(/_/g, '/')));
  } catch (malformed) {
    return null;
  }
}

async function fetcher(request) {
  const headers = { 'Content-Type': 'application/json', Accept: 'application/json' };
  if (input.value.trim()) {
    headers.Authorization = 'Bearer ' + input.value.trim();
  }
  const response = await fetch('/graphql', { method: 'POST', headers, body: JSON.stringify(request) });
  return response.json();
}

const EXAMPLE = `# Paste a token above, then press the button.
query TrialBalance {
  tenant { name baseCurrency }
  trialBalance {
    totalDebit
    totalCredit
    lines { account { code name } balance currency }
  }
}
`;

function show() {
  const claims = claimsOf(input.value.trim());
  state.textContent = claims ? claims.tenant + ' as ' + claims.sub : '';
  if (root) {
    root.unmount();
  }
  root = ReactDOM.createRoot(document.getElementById('explorer'));
  root.render(React.createElement(GraphiQL, { fetcher, defaultQuery: EXAMPLE, isHeadersEditorEnabled: false }));
}

input.addEventListener('change', show);
document.getElementById('token-form').addEventListener('submit', event => {
  event.preventDefault();
  show();
});
show();
