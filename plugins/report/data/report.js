(function () {
  "use strict";
  var all = function (selector, root) { return Array.prototype.slice.call((root || document).querySelectorAll(selector)); };

  // filter boxes: items of a section that hold every word
  all("input.filter").forEach(function (box) {
    var section = document.getElementById(box.dataset.for);
    var items = all(".item", section).map(function (item) { return { item: item, text: item.textContent.toLowerCase() }; });
    box.addEventListener("input", function () {
      var words = box.value.toLowerCase().split(/\s+/).filter(Boolean);
      items.forEach(function (entry) {
        entry.item.classList.toggle("hidden", !words.every(function (word) { return entry.text.indexOf(word) >= 0; }));
      });
      if (words.length) all("details:not(.item)", section).forEach(function (fold) { if (fold.querySelector(".item:not(.hidden)")) fold.open = true; });
    });
  });

  // the passage that a link leads to, lit; what is folded away, opened; and a way back
  var back = document.createElement("button"), from = null;
  back.id = "back"; back.type = "button"; back.textContent = "Back to where you were"; back.hidden = true;
  document.body.appendChild(back);
  back.addEventListener("click", function () { back.hidden = true; if (from !== null) window.scrollTo({ top: from }); });
  function light() {
    all(".on").forEach(function (lit) { lit.classList.remove("on"); });
    var id = decodeURIComponent(location.hash.slice(1)), target = id && document.getElementById(id);
    if (!target) return;
    for (var node = target; node; node = node.parentElement) { if (node.tagName === "DETAILS") node.open = true; node.classList.remove("hidden"); }
    if (target.classList.contains("anchor")) {
      all('.h[data-p~="' + id + '"]').forEach(function (part) { part.classList.add("on"); });
      target.scrollIntoView({ block: "center" });
    } else if (target.classList.contains("item")) { target.classList.add("on"); target.scrollIntoView(); }
  }
  document.addEventListener("click", function (event) {
    var link = event.target.closest && event.target.closest('main a[href^="#"]');
    if (!link) return;
    from = window.scrollY; back.hidden = false;
    if (link.getAttribute("href") === location.hash) { event.preventDefault(); light(); }
  });
  window.addEventListener("hashchange", light);
  light();

  // where the reader is
  var places = all("nav li a").map(function (link) { return { link: link, section: document.getElementById(link.getAttribute("href").slice(1)) }; });
  function here() {
    var current = null;
    places.forEach(function (place) { if (place.section && place.section.getBoundingClientRect().top < window.innerHeight / 3) current = place; });
    places.forEach(function (place) { place.link.classList.toggle("here", place === current); });
  }
  window.addEventListener("scroll", here, { passive: true });
  here();
  window.addEventListener("beforeprint", function () { all("details:not(.why)").forEach(function (fold) { fold.open = true; }); });
})();
