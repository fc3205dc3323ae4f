(* What the lemmas of this folder share: finite sums, choices, and tactics. Nothing here is assumed. *)
From Coq Require Import FunctionalExtensionality Setoid Reals Lra Lia ZArith Classical_Prop.
Open Scope R_scope.

(* A choice between two values. Lemmas hold for every function that is one. *)
Definition is_ite (ite : Prop -> R -> R -> R) : Prop :=
  forall (P : Prop) a b, (P -> ite P a b = a) /\ (~ P -> ite P a b = b).
Definition is_itez (ite : Prop -> Z -> Z -> Z) : Prop :=
  forall (P : Prop) a b, (P -> ite P a b = a) /\ (~ P -> ite P a b = b).

(* The sum of f(low), ..., f(high); 0 if high < low. *)
Fixpoint sum_from (n : nat) (low : Z) (f : Z -> R) : R :=
  match n with O => 0 | S k => sum_from k low f + f (low + Z.of_nat k)%Z end.
Definition bigsum (low high : Z) (f : Z -> R) : R := sum_from (Z.to_nat (high - low + 1)) low f.

Lemma bigsum_ext low high (f g : Z -> R) :
  (forall i, IZR low <= IZR i /\ IZR i <= IZR high -> f i = g i) -> bigsum low high f = bigsum low high g.
Proof.
  unfold bigsum. intros e.
  assert (h : forall n, (n <= Z.to_nat (high - low + 1))%nat -> sum_from n low f = sum_from n low g).
  { induction n as [|n IH]; intros b; [reflexivity|]. cbn [sum_from]. rewrite IH by lia. rewrite e; [reflexivity|].
    split; apply IZR_le; lia. }
  apply h. lia.
Qed.
Lemma bigsum_linear low high (c : R) (f g : Z -> R) :
  bigsum low high (fun i => c * f i + g i) = c * bigsum low high f + bigsum low high g.
Proof. unfold bigsum. induction (Z.to_nat (high - low + 1)) as [|n IH]; cbn [sum_from]; [lra|]. rewrite IH. lra. Qed.
Lemma bigsum_zero low high : bigsum low high (fun _ => 0) = 0.
Proof. unfold bigsum. induction (Z.to_nat (high - low + 1)) as [|n IH]; cbn [sum_from]; [lra|]. rewrite IH. lra. Qed.
Lemma bigsum_le low high (f g : Z -> R) :
  (forall i, IZR low <= IZR i /\ IZR i <= IZR high -> f i <= g i) -> bigsum low high f <= bigsum low high g.
Proof.
  unfold bigsum. intros e.
  assert (h : forall n, (n <= Z.to_nat (high - low + 1))%nat -> sum_from n low f <= sum_from n low g).
  { induction n as [|n IH]; intros b; [cbn; lra|]. cbn [sum_from]. apply Rplus_le_compat; [apply IH; lia|]. apply e.
    split; apply IZR_le; lia. }
  apply h. lia.
Qed.
Lemma bigsum_nonneg low high (f : Z -> R) :
  (forall i, IZR low <= IZR i /\ IZR i <= IZR high -> 0 <= f i) -> 0 <= bigsum low high f.
Proof. intros e. rewrite <- (bigsum_zero low high). now apply bigsum_le. Qed.
Lemma bigsum_empty low high (f : Z -> R) : IZR high < IZR low -> bigsum low high f = 0.
Proof. intros e. apply lt_IZR in e. unfold bigsum. replace (Z.to_nat (high - low + 1)) with O by lia. reflexivity. Qed.
Lemma bigsum_last low high (f : Z -> R) : IZR low <= IZR high + 1 ->
  bigsum low (high + 1) f = bigsum low high f + f (high + 1)%Z.
Proof.
  intros e. rewrite <- plus_IZR in e. apply le_IZR in e. unfold bigsum.
  replace (Z.to_nat (high + 1 - low + 1)) with (S (Z.to_nat (high - low + 1))) by lia. cbn [sum_from].
  now replace (low + Z.of_nat (Z.to_nat (high - low + 1)))%Z with (high + 1)%Z by lia.
Qed.
Lemma bigsum_lt low high (f g : Z -> R) : IZR low <= IZR high ->
  (forall i, IZR low <= IZR i /\ IZR i <= IZR high -> f i < g i) -> bigsum low high f < bigsum low high g.
Proof.
  intros b e. apply le_IZR in b. replace high with ((high - 1) + 1)%Z by lia.
  rewrite !bigsum_last by (rewrite <- plus_IZR; apply IZR_le; lia).
  apply Rplus_le_lt_compat.
  - apply bigsum_le. intros i [p q]. apply Rlt_le, e. split; [exact p|]. apply le_IZR in q. apply IZR_le. lia.
  - apply e. split; apply IZR_le; lia.
Qed.
Lemma bigsum_tail low high before (f : Z -> R) : (high = before + 1)%Z -> IZR low <= IZR high ->
  bigsum low high f = bigsum low before f + f high.
Proof. intros -> h. apply bigsum_last. rewrite plus_IZR in h. exact h. Qed.
Lemma bigsum_scale low high (c : R) (f g : Z -> R) : (forall i, c * f i = g i) -> c * bigsum low high f = bigsum low high g.
Proof.
  intros e. unfold bigsum. induction (Z.to_nat (high - low + 1)) as [|n IH]; cbn [sum_from]; [lra|]. rewrite <- IH, <- e. lra.
Qed.
Lemma bigsum_add low high (f g : Z -> R) : bigsum low high (fun i => f i + g i) = bigsum low high f + bigsum low high g.
Proof. unfold bigsum. induction (Z.to_nat (high - low + 1)) as [|n IH]; cbn [sum_from]; [lra|]. rewrite IH. lra. Qed.
Lemma bigsum_swap a b c d (f : Z -> Z -> R) :
  bigsum a b (fun i => bigsum c d (fun j => f i j)) = bigsum c d (fun j => bigsum a b (fun i => f i j)).
Proof.
  unfold bigsum at 1 4. induction (Z.to_nat (b - a + 1)) as [|n IH]; cbn [sum_from]; [now rewrite bigsum_zero|].
  rewrite IH. symmetry. apply bigsum_add.
Qed.
Lemma bigsum_select low high j (f : Z -> R) : IZR low <= IZR j /\ IZR j <= IZR high ->
  (forall i, IZR low <= IZR i /\ IZR i <= IZR high -> i <> j -> f i = 0) -> bigsum low high f = f j.
Proof.
  intros [p q] e. apply le_IZR in p, q. unfold bigsum.
  assert (h : forall n, (n <= Z.to_nat (high - low + 1))%nat ->
    sum_from n low f = if (j <? low + Z.of_nat n)%Z then f j else 0).
  { induction n as [|n IH]; intros b; cbn [sum_from].
    - destruct (Z.ltb_spec j (low + Z.of_nat 0)); [lia | reflexivity].
    - rewrite IH by lia. destruct (Z.ltb_spec j (low + Z.of_nat n)), (Z.ltb_spec j (low + Z.of_nat (S n))); try lia.
      + rewrite (e (low + Z.of_nat n)%Z); [lra | split; apply IZR_le; lia | lia].
      + replace (low + Z.of_nat n)%Z with j by lia. lra.
      + rewrite (e (low + Z.of_nat n)%Z); [lra | split; apply IZR_le; lia | lia]. }
  rewrite h by lia. destruct (Z.ltb_spec j (low + Z.of_nat (Z.to_nat (high - low + 1)))); [reflexivity | lia].
Qed.
Lemma bigsum_count low high : IZR low <= IZR high + 1 -> bigsum low high (fun _ => 1) = IZR high - IZR low + 1.
Proof.
  intros h. rewrite <- plus_IZR in h. apply le_IZR in h. unfold bigsum.
  assert (e : forall n, sum_from n low (fun _ => 1) = INR n).
  { induction n as [|n IH]; [reflexivity|]. cbn [sum_from]. rewrite IH, S_INR. reflexivity. }
  rewrite e, INR_IZR_INZ, Z2Nat.id by lia. rewrite plus_IZR, minus_IZR. reflexivity.
Qed.

(* Signs of compound terms, from what is at hand. *)
Lemma inv_nonneg a : 0 <= a -> 0 <= / a.
Proof. intros [h|<-]; [left; now apply Rinv_0_lt_compat | rewrite Rinv_0; lra]. Qed.
Lemma div_nonneg a b : 0 <= a -> 0 <= b -> 0 <= a / b.
Proof. intros. apply Rmult_le_pos; [assumption | now apply inv_nonneg]. Qed.
Lemma div_pos a b : 0 < a -> 0 < b -> 0 < a / b.
Proof. intros. now apply Rdiv_lt_0_compat. Qed.
Lemma div_apart a b : a <> 0 -> b <> 0 -> a / b <> 0.
Proof. intros p q. apply Rmult_integral_contrapositive_currified; [exact p | now apply Rinv_neq_0_compat]. Qed.
Lemma cosh_above a : 0 < cosh a.
Proof. unfold cosh. generalize (exp_pos a) (exp_pos (- a)). lra. Qed.
Lemma atan_above a : 0 < a -> 0 < atan a.
Proof. intros h. rewrite <- atan_0. now apply atan_increasing. Qed.
Lemma ln_above a : 1 < a -> 0 < ln a.
Proof. intros h. rewrite <- ln_1. apply ln_increasing; lra. Qed.
Lemma even_nonneg a n : 0 <= a ^ (2 * n).
Proof. rewrite pow_mult. apply pow_le, pow2_ge_0. Qed.
Lemma square_pos a : a <> 0 -> 0 < a ^ 2.
Proof. intros h. replace (a ^ 2) with (Rsqr a) by (unfold Rsqr; ring). now apply Rlt_0_sqr. Qed.
Lemma abs_above a : 0 <= Rabs a - a. Proof. generalize (Rle_abs a). lra. Qed.
Lemma abs_below a : 0 <= Rabs a + a. Proof. generalize (Rle_abs (- a)). rewrite Rabs_Ropp. lra. Qed.
Lemma min_first a b : Rmin a b <= a. Proof. apply Rmin_l. Qed.
Lemma min_second a b : Rmin a b <= b. Proof. apply Rmin_r. Qed.
Lemma max_first a b : a <= Rmax a b. Proof. apply Rmax_l. Qed.
Lemma max_second a b : b <= Rmax a b. Proof. apply Rmax_r. Qed.
Lemma min_pos a b : 0 < a -> 0 < b -> 0 < Rmin a b. Proof. intros. now apply Rmin_glb_lt. Qed.
Lemma min_nonneg a b : 0 <= a -> 0 <= b -> 0 <= Rmin a b. Proof. intros. now apply Rmin_glb. Qed.
Lemma max_pos_first a b : 0 < a -> 0 < Rmax a b. Proof. intros. apply Rlt_le_trans with a; [assumption | apply Rmax_l]. Qed.
Lemma max_pos_second a b : 0 < b -> 0 < Rmax a b. Proof. intros. apply Rlt_le_trans with b; [assumption | apply Rmax_r]. Qed.

Lemma cofactor (c l r : R) : l = r -> c * (l - r) = 0. Proof. intros ->. ring. Qed.

Ltac integers := rewrite ?plus_IZR, ?minus_IZR, ?mult_IZR, ?opp_IZR in *.
Ltac everywhere := repeat (cbv beta; match goal with
  | |- forall _, _ => intro
  | |- _ /\ _ => split
  | h : _ /\ _ |- _ => destruct h
  | h : exists _, _ |- _ => destruct h
  end).
(* Relations between integers, as real numbers or in Z. *)
Lemma whole_eq a b : IZR a = IZR b <-> a = b. Proof. split; [apply eq_IZR | now intros ->]. Qed.
Lemma whole_le a b : IZR a <= IZR b <-> (a <= b)%Z. Proof. split; [apply le_IZR | apply IZR_le]. Qed.
Lemma whole_lt a b : IZR a < IZR b <-> (a < b)%Z. Proof. split; [apply lt_IZR | apply IZR_lt]. Qed.
Lemma whole_ge a b : IZR a >= IZR b <-> (a >= b)%Z. Proof. split; intros h; [apply Z.le_ge, le_IZR | apply Rle_ge, IZR_le]; [lra | lia]. Qed.
Lemma whole_gt a b : IZR a > IZR b <-> (a > b)%Z. Proof. split; intros h; [apply Z.lt_gt, lt_IZR | apply Rlt_gt, IZR_lt]; [lra | lia]. Qed.
Ltac wholes := repeat first [rewrite <- mult_IZR in * | rewrite <- opp_IZR in * | rewrite <- plus_IZR in * | rewrite <- minus_IZR in *];
  rewrite ?whole_eq, ?whole_le, ?whole_lt, ?whole_ge, ?whole_gt in *.
Ltac whole := wholes; lia.
Ltac simple := first [assumption | exact I
  | lazymatch goal with
    | |- 0 < exp _ => apply exp_pos
    | |- 0 < PI => exact PI_RGT_0
    | |- 0 < cosh _ => apply cosh_above
    | |- 0 <= _ ^ 2 => apply pow2_ge_0
    | |- 0 <= exp _ => left; apply exp_pos
    | |- 0 <= sqrt _ => apply sqrt_pos
    | |- 0 <= Rabs _ => apply Rabs_pos
    end
  | lra | discriminate].
Ltac signs n :=
  match n with O => simple | S ?k => intros;
  first
  [ lazymatch goal with
    | |- _ ^ _ <> 0 => apply pow_nonzero; signs n
    | |- 0 <= bigsum _ _ _ => apply bigsum_nonneg; intros; signs n
    | |- _ >= _ => apply Rle_ge; signs n
    | |- _ > _ => unfold Rgt; signs n
    | |- _ /\ _ => split; signs n
    end
  | simple
  | lazymatch goal with
    | |- 0 < _ * _ => first [apply Rmult_lt_0_compat; signs k | match goal with |- 0 < ?a * ?b => replace (a * b) with ((- a) * (- b)) by ring end; apply Rmult_lt_0_compat; signs k]
    | |- 0 < _ / _ => apply div_pos; signs k
    | |- 0 < / _ => apply Rinv_0_lt_compat; signs k
    | |- 0 < _ ^ 2 => first [apply pow_lt; signs k | apply square_pos; signs k]
    | |- 0 < _ ^ _ => apply pow_lt; signs k
    | |- 0 < atan _ => apply atan_above; signs k
    | |- 0 < ln _ => apply ln_above; simple
    | |- 0 < sqrt _ => apply sqrt_lt_R0; signs k
    | |- 0 < Rabs _ => apply Rabs_pos_lt; signs k
    | |- 0 < Rmin _ _ => apply min_pos; signs k
    | |- 0 < Rmax _ _ => first [apply max_pos_first; signs k | apply max_pos_second; signs k]
    | |- 0 < _ + _ => first [apply Rplus_lt_le_0_compat; signs k | apply Rplus_le_lt_0_compat; signs k]
    | |- 0 <= _ ^ 2 => apply pow2_ge_0
    | |- 0 <= _ ^ 4 => apply (even_nonneg _ 2)
    | |- 0 <= _ ^ 6 => apply (even_nonneg _ 3)
    | |- 0 <= _ ^ _ => apply pow_le; signs k
    | |- 0 <= ?a * ?a => apply Rle_0_sqr
    | |- 0 <= _ * _ => first [apply Rmult_le_pos; signs k | match goal with |- 0 <= ?a * ?b => replace (a * b) with ((- a) * (- b)) by ring end; apply Rmult_le_pos; signs k]
    | |- 0 <= _ / _ => apply div_nonneg; signs k
    | |- 0 <= / _ => apply inv_nonneg; signs k
    | |- 0 <= PI => left; exact PI_RGT_0
    | |- 0 <= cosh _ => left; apply cosh_above
    | |- 0 <= Rmin _ _ => apply min_nonneg; signs k
    | |- 0 <= _ + _ => apply Rplus_le_le_0_compat; signs k
    | |- ?a <= 0 => apply Ropp_le_cancel; rewrite Ropp_0; first [signs k | match goal with |- 0 <= - (?b * ?c) => first [replace (- (b * c)) with ((- b) * c) by ring; signs k | replace (- (b * c)) with (b * (- c)) by ring; signs k] end]
    | |- ?a < 0 => apply Ropp_lt_cancel; rewrite Ropp_0; first [signs k | match goal with |- 0 < - (?b * ?c) => first [replace (- (b * c)) with ((- b) * c) by ring; signs k | replace (- (b * c)) with (b * (- c)) by ring; signs k] end]
    | |- _ / _ <> 0 => apply div_apart; signs k
    | |- _ <> 0 => first [apply Rgt_not_eq; unfold Rgt; signs k | apply Rlt_not_eq; signs k | apply Rmult_integral_contrapositive; split; signs k | apply pow_nonzero; signs k | apply Rinv_neq_0_compat; signs k | let q := fresh in intro q; rewrite q in *; lra]
    | |- _ \/ _ => first [left; signs k | right; signs k]
    | |- ~ _ => intro; signs k
    | |- bigsum _ _ _ = 0 => first [apply bigsum_empty; signs k]
    end
  | match goal with
    | |- ?a <= ?b => tryif constr_eq a 0 then fail else (apply Rminus_le; apply Ropp_le_cancel; rewrite Ropp_0; signs k)
    end
  | match goal with h : forall _, _ |- _ => eapply h; signs k end
  | match goal with h : _ /\ _ |- _ => destruct h; signs k end ]
  end.
Ltac sign n := first [signs n | solve [everywhere; integers; first [lra | signs 4%nat]] | solve [everywhere; whole]].
Ltac conditions := repeat split; sign 4%nat.
Lemma bigsum_term low high (f : Z -> R) j : (forall i, IZR low <= IZR i /\ IZR i <= IZR high -> 0 <= f i) ->
  IZR low <= IZR j /\ IZR j <= IZR high -> f j <= bigsum low high f.
Proof.
  intros e [p q]. apply le_IZR in p, q. unfold bigsum.
  assert (h : forall n, (n <= Z.to_nat (high - low + 1))%nat -> 0 <= sum_from n low f /\ ((j < low + Z.of_nat n)%Z -> f j <= sum_from n low f)).
  { induction n as [|n IH]; intros b; cbn [sum_from]; [split; [lra | lia]|]. destruct IH as [u v]; [lia|].
    assert (w : 0 <= f (low + Z.of_nat n)%Z) by (apply e; split; apply IZR_le; lia). split; [lra|]. intros c.
    destruct (Z.eq_dec j (low + Z.of_nat n)) as [->|d]; [lra|]. assert (f j <= sum_from n low f) by (apply v; lia). lra. }
  apply (h _ (le_n _)). lia.
Qed.

(* Choices: the condition holds, or it does not. *)
Ltac absurd := solve [exfalso; first [lra | tauto | intuition lra | integers; lra | integers; intuition lra]].
Ltac choose :=
  repeat (cbv beta in *; match goal with
  | i : is_ite ?f |- context [?f ?P ?a ?b] =>
    let e := fresh in
    destruct (classic P) as [e|e]; [rewrite !(proj1 (i P a b) e) | rewrite !(proj2 (i P a b) e)]; try absurd
  end).

(* Absolute values, by cases. *)
Lemma abs_cases a : (0 <= a /\ Rabs a = a) \/ (a < 0 /\ Rabs a = - a).
Proof. destruct (Rcase_abs a); [right | left]; split; try lra; [now apply Rabs_left | now apply Rabs_right]. Qed.
Lemma min_cases a b : (a <= b /\ Rmin a b = a) \/ (b < a /\ Rmin a b = b).
Proof. destruct (Rle_or_lt a b); [left | right]; split; trivial; [now apply Rmin_left | now apply Rmin_right, Rlt_le]. Qed.
Lemma max_cases a b : (b <= a /\ Rmax a b = a) \/ (a < b /\ Rmax a b = b).
Proof. destruct (Rle_or_lt b a); [left | right]; split; trivial; [now apply Rmax_left | now apply Rmax_right, Rlt_le]. Qed.
Lemma abs_scale c a : Rabs (c * a) = Rabs c * Rabs a. Proof. apply Rabs_mult. Qed.
Ltac split_abs :=
  repeat match goal with
  | |- context [Rabs ?a] => let e := fresh in destruct (abs_cases a) as [[? e]|[? e]]; rewrite ?e in *; try absurd
  | |- context [Rmin ?a ?b] => let e := fresh in destruct (min_cases a b) as [[? e]|[? e]]; rewrite ?e in *; try absurd
  | |- context [Rmax ?a ?b] => let e := fresh in destruct (max_cases a b) as [[? e]|[? e]]; rewrite ?e in *; try absurd
  end.
Ltac abs_products := repeat (rewrite Rabs_mult || rewrite Rabs_R1 || rewrite Rabs_Ropp || rewrite Rabs_Rabsolu || rewrite Rabs_inv || unfold Rdiv).
Ltac abs_squares := repeat match goal with |- context [Rabs ?a] =>
  lazymatch goal with h : Rabs a ^ 2 = a ^ 2 |- _ => fail | _ => pose proof (pow2_abs a) end end.
Ltac identity := first [lra | ring | solve [field; conditions]
  | (* inverses of products taken apart, also of 0: 1/0 is 0 in Coq *)
    solve [progress (unfold Rdiv; rewrite ?Rinv_mult, ?Rinv_inv); first [lra | ring | field; conditions]]
  | lazymatch goal with |- context [Rabs _] => first [solve [abs_squares; lra] | solve [split_abs; first [lra | nra]]] end].
(* Equal because the parts are: arguments of functions by the laws of rings, functions at every argument. *)
Ltac alike := first [reflexivity | lia | identity | solve [integers; identity] | progress f_equal; alike
  | (apply functional_extensionality; intro); cbv beta; alike].
Ltac by_likeness := match goal with h : ?P |- ?Q => solve [replace Q with P; [exact h | alike]] end.
Ltac expand :=
  cbv beta; rewrite ?plus_IZR, ?minus_IZR, ?mult_IZR, ?opp_IZR;
  first [identity
        | solve [choose; first [identity | absurd | split_abs; identity]]
        | solve [abs_products; identity]
        | solve [alike]
        | solve [split_abs; first [identity | nra]]].
Ltac propositional := first [assumption | tauto | solve [apply NNPP; tauto] | solve [by_likeness] | solve [intuition lra] | solve [apply NNPP; intuition lra] | solve [eauto 4]].
Ltac apply_any := match goal with h : _ |- _ => solve [apply h; first [assumption | sign 3%nat]] end.
Ltac absolute := rewrite ?Rabs_mult, <- ?RPow_abs, ?Rabs_inv, ?Rabs_R0;
  repeat match goal with |- context [Rabs ?a] => first [rewrite (Rabs_pos_eq a) by lra | rewrite (Rabs_left1 a) by lra] end;
  first [identity | solve [rewrite ?pow2_abs; identity]
  | solve [repeat match goal with |- context [Rabs ?a] => rewrite (Rabs_pos_eq a) by (sign 3%nat) end; identity]
  | solve [split_abs; first [identity | nra]]].
Ltac contrary := solve [exfalso; first [lra | tauto | whole | intuition lra | intuition whole]].
(* A choice whose condition is decided is replaced by its value, any other one is tried both ways. *)
Ltac choices :=
  cbv beta; rewrite ?plus_IZR, ?minus_IZR, ?mult_IZR, ?opp_IZR; repeat match goal with
  | i : is_ite ?f |- context [?f ?P ?a ?b] =>
    first [ rewrite !(proj1 (i P a b)) by (first [lra | whole | assumption])
          | rewrite !(proj2 (i P a b)) by (intro; first [lra | whole | tauto])
          | let e := fresh in destruct (classic P) as [e|e]; [rewrite !(proj1 (i P a b) e) | rewrite !(proj2 (i P a b) e)]; try contrary ]
  end; first [identity | contrary].
Ltac vanishes := cbv beta; choices.
(* A sum over few literal indices. *)
Ltac few := intro; unfold bigsum;
  match goal with |- sum_from ?n _ _ = _ => let m := eval vm_compute in n in change n with m end; cbn [sum_from];
  repeat match goal with |- context [(?a + Z.of_nat ?b)%Z] =>
    let c := eval vm_compute in (a + Z.of_nat b)%Z in change (a + Z.of_nat b)%Z with c end;
  lra.
Ltac pointwise x := apply functional_extensionality; intro x; cbv beta.
(* Two sides of one normal form, or by cases of choices. *)
Ltac settle := first [identity | solve [choices]].
Ltac last_term before := refine (eq_trans (bigsum_tail _ _ before _ _ _) _);
  [lia | sign 4%nat | cbv beta; rewrite ?plus_IZR, ?minus_IZR, ?mult_IZR, ?opp_IZR; identity].
