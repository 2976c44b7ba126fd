// Shows what needs passkeys where the browser knows them, hands it to django-allauth's script, and
// says so when a passkey was not used.
const button = "passkey-button";
if (window.PublicKeyCredential) {
  for (const part of document.querySelectorAll("[data-passkey]")) {
    const credential = part.querySelector("[name=credential]").id;
    const ids = { add: button, authenticate: button, login: button, credential, data: "passkey-data" };
    window.allauth.webauthn.forms[part.dataset.passkey]({ ids: { ...ids, passwordless: "id_passwordless" } });
    part.hidden = false;
  }
  for (const part of document.querySelectorAll("[data-no-passkey]")) part.hidden = true;
}
document.addEventListener("allauth.error", (event) => {
  event.preventDefault();
  for (const line of document.querySelectorAll("[data-trouble]")) line.textContent = line.dataset.trouble;
});
