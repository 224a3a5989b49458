;;; What real Org reads in a log, and what it makes of one. Usage:
;;;   emacs -Q --batch -l witness.el JOBS.json RESULTS.json
;;; A job is {"text", "edits": [[function, argument...]...]}; edits act on the first entry.
(require 'org)
(require 'org-element)
(require 'json)

(setq org-log-done 'time
      org-log-into-drawer t
      org-todo-keywords '((sequence "TODO" "NEXT" "DOING" "STARTED" "STRT" "WAIT" "WAITING" "HOLD" "LOOP" "PROJ" "IDEA"
                                    "|" "DONE" "WONTFIX" "CANCELLED" "CANCELED" "KILL" "KILLED"))
      make-backup-files nil
      ;; Safe for any text: a log under test may hold something like local variables.
      enable-local-variables nil)

(defun witness-file-link (headline)
  (org-element-map (org-element-property :title headline) 'link
    (lambda (link) (and (equal (org-element-property :type link) "file") link)) nil t))

(defun witness-body (headline)
  "The text of the entry's own section behind drawers and log."
  (save-excursion
    (goto-char (org-element-property :begin headline))
    (org-end-of-meta-data t)
    (let ((start (point)))
      (if (org-at-heading-p) ""
        (buffer-substring-no-properties start (save-excursion (outline-next-heading) (point)))))))

(defun witness-read ()
  (let ((index 0))
    (vconcat
     (org-element-map (org-element-parse-buffer) 'headline
       (lambda (headline)
         (let ((link (witness-file-link headline))
               (begin (org-element-property :begin headline)))
           (list (cons 'line (line-number-at-pos begin))
                 (cons 'level (org-element-property :level headline))
                 (cons 'keyword (substring-no-properties (or (org-element-property :todo-keyword headline) "")))
                 (cons 'done (if (eq (org-element-property :todo-type headline) 'done) t json-false))
                 (cons 'comment (if (org-element-property :commentedp headline) t json-false))
                 (cons 'tags (vconcat (mapcar #'substring-no-properties (org-element-property :tags headline))))
                 (cons 'path (and link (org-element-property :path link)))
                 (cons 'option (and link (org-element-property :search-option link)))
                 (cons 'closed (let ((closed (org-element-property :closed headline))) (and closed (org-element-property :raw-value closed))))
                 (cons 'id (org-entry-get begin "ID"))
                 (cons 'project (org-entry-get begin "PROJECT"))
                 (cons 'endLine (org-entry-get begin "END_LINE"))
                 (cons 'timestamp (org-element-property :TIMESTAMP headline))
                 (cons 'body (witness-body headline)))))))))

(defun witness-note (text)
  (org-add-log-note)
  (with-current-buffer "*Org Note*"
    (goto-char (point-max))
    (insert text)
    (let ((org-note-abort nil)) (org-store-log-note))))

(defun witness-edit (edit)
  (goto-char (point-min))
  (re-search-forward "^\\*+ [A-Z]+ .*\\[\\[")
  (org-back-to-heading t)
  (pcase (append edit nil)
    (`("todo" ,keyword) (org-todo keyword))
    (`("todo-note" ,keyword ,note) (let ((org-log-done 'note)) (org-todo keyword) (witness-note note)))
    (`("tags" . ,tags) (org-set-tags tags))
    (`("put" ,name ,value) (org-entry-put nil name value))
    (`("delete" ,name) (org-entry-delete nil name))
    (`("priority" ,letter) (org-priority (string-to-char letter)))
    (_ (error "Unknown edit %S" edit))))

(defun witness-run (job)
  (with-temp-buffer
    (insert (alist-get 'text job))
    (org-mode)
    (mapc #'witness-edit (alist-get 'edits job))
    (list (cons 'keywords (vconcat org-todo-keywords-1))
          (cons 'headlines (witness-read))
          (cons 'text (buffer-substring-no-properties (point-min) (point-max))))))

(let* ((json-array-type 'vector) (json-object-type 'alist) (json-key-type 'symbol)
       (coding-system-for-read 'utf-8-unix) (coding-system-for-write 'utf-8-unix)
       (jobs (json-read-file (pop command-line-args-left)))
       (inhibit-message t))
  (with-temp-file (pop command-line-args-left)
    (insert (json-encode (vconcat (mapcar #'witness-run jobs))))))
